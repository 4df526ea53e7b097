package dev.grantway.sandbox;

import dev.grantway.sandbox.bench.Call;
import dev.grantway.sandbox.bench.LoadProcess;
import dev.grantway.sandbox.bench.LoadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One gateway twin of its own in this JVM, as {@code up} has it, called by a process of its own.
 *
 * @param system whose table and issuer the authorizer uses
 * @param connections of the process that calls
 */
record LoadRun(Distribution distribution, SampleSystem system, int connections) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How the stage that is called is set up. */
  enum Stage {
    /** No cache, and an authorizer that gives one document. */
    CONSTANT("off", Duration.ZERO),
    /** Answers are kept, by token and route. */
    CACHING("hit", TwinWiring.TTL),
    /** Every call asks the authorizer. */
    ASKING("off", Duration.ZERO),
    /** Answers are kept, but not until the same caller asks for the same route again. */
    MISSING("miss", Duration.ofSeconds(1));

    private final String cache;
    private final Duration ttl;

    Stage(String cache, Duration ttl) {
      this.cache = cache;
      this.ttl = ttl;
    }

    /** What {@code x-twin-cache} has to say of calls that are measured. */
    String cache() {
      return cache;
    }

    private AutoCloseable start(Wiring wiring, Consumer<String> log) throws IOException {
      return this == CONSTANT
          ? wiring.startSample(ttl, _ -> _ -> new ConstantAuthorizer())
          : wiring.startSample(ttl, twin -> twin.inThisJvm(log));
    }

    /** For how long answers are kept. */
    Duration ttl() {
      return ttl;
    }
  }

  /** Lets the process that calls go on with other calls. */
  @FunctionalInterface
  interface Caller {
    void instead(List<Call> calls) throws IOException;
  }

  /** What is done while calls run. */
  @FunctionalInterface
  interface Beside {
    /** Nothing. */
    Beside NOTHING = caller -> Repeating.start(Duration.ofDays(1), nth -> {});

    Repeating start(Caller caller);
  }

  /**
   * What came of a run.
   *
   * @param besides how often something was done beside it, its warm-up included
   * @param line the last that the authorizer said of a decision; empty if it said none
   */
  record Ran(LoadResult result, int besides, String line) {
    private static final Pattern REVISION = Pattern.compile("\"revision\": ?([0-9]+)");

    /** The revision that was decided by last; 0 if nothing was decided. */
    long revision() {
      Matcher found = REVISION.matcher(line);
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }

  /**
   * Runs it, and refuses what it came to if a single answer was wrong.
   *
   * @throws SandboxException with exit code 1 for a wrong answer, and one that another part of the
   *     cache gave than was to be measured
   */
  Ran run(Stage stage, List<Call> calls, Duration warmUp, Duration measured, Beside beside)
      throws Exception {
    Path folder = Files.createTempDirectory(system.folder(), "load");
    Path first = folder.resolve("calls");
    Path into = folder.resolve("result");
    Call.write(calls, first);
    var line = new AtomicReference<>("");
    try (AutoCloseable _ =
            stage.start(
                system.wiring(),
                said -> {
                  if (said.contains("\"revision\":")) {
                    line.set(said);
                  }
                });
        Child process = start(first, into, warmUp, measured, folder)) {
      Repeating repeating = beside.start(caller(process, folder));
      boolean ended =
          process
              .process()
              .waitFor(warmUp.plus(measured).plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
      int besides = repeating.stop();
      if (!ended || process.process().exitValue() != 0) {
        throw process.failure();
      }
      return new Ran(checked(stage, LoadResult.read(into)), besides, line.get());
    }
  }

  private static LoadResult checked(Stage stage, LoadResult result) {
    if (!result.wrong().isEmpty()) {
      throw new SandboxException(
          1, "under load, answers were wrong: " + String.join("; ", result.wrong()));
    }
    if (result.nanos().length == 0 || result.share(stage.cache()) < 99) {
      throw new SandboxException(
          1,
          "the cache of the gateway twin did not what was to be measured: of %d calls it says %s"
              .formatted(result.nanos().length, result.caches()));
    }
    return result;
  }

  private Child start(Path calls, Path into, Duration warmUp, Duration measured, Path folder) {
    return Child.start(
        "the load generator",
        distribution.classPath("sandbox"),
        List.of("-Xmx512m"),
        List.of(
            LoadProcess.class.getName(),
            Integer.toString(system.ports().gateway()),
            Integer.toString(connections),
            Long.toString(warmUp.toSeconds()),
            Long.toString(measured.toSeconds()),
            calls.toString(),
            into.toString()),
        Map.of(),
        folder.resolve("load.log"));
  }

  private static Caller caller(Child process, Path folder) {
    return calls -> {
      Path file = Files.createTempFile(folder, "calls", "");
      Call.write(calls, file);
      var told = process.process().getOutputStream();
      told.write((file + "\n").getBytes(StandardCharsets.UTF_8));
      told.flush();
    };
  }
}
