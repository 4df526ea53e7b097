package dev.grantway.sandbox;

import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import dev.grantway.figures.Report;
import dev.grantway.sandbox.LoadRun.Beside;
import dev.grantway.sandbox.LoadRun.Ran;
import dev.grantway.sandbox.LoadRun.Stage;
import dev.grantway.sandbox.bench.Call;
import dev.grantway.sandbox.bench.LoadResult;
import dev.grantway.sandbox.bench.Machine;
import dev.grantway.sandbox.bench.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code load}, which {@code bench load} runs: the sandbox's table, issuer and gateway twin with
 * the real authorizer, called by a bounded closed loop from a process of its own. Every answer is
 * known beforehand, and a wrong one ends it with exit code 1.
 */
@Command(name = "load", hidden = true)
final class LoadCommand implements Callable<Integer> {
  private static final int CALLERS = 2_000;
  private static final int CACHED_CALLERS = 100;
  private static final int CALLERS_OF_A_KEY = 24;

  /** How many times faster than while it warms up it may be before an answer is kept too long. */
  private static final int MARGIN = 3;

  private static final Duration HEAT = Duration.ofSeconds(10);
  private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);

  /** Publishes that may have come after the last decision, or less than maxAge before it. */
  private static final int MAY_BE_BEHIND = 3;

  private static final Duration ROTATE_EVERY = Duration.ofSeconds(4);

  /**
   * For as long as an authorizer that has just read the key set does not read it again for an
   * unknown key (TOKENS, rule 7), and a rotation more.
   */
  private static final int KEYS_AHEAD = 8;

  /** So that the last key that the first read of the set brought is passed while it is measured. */
  private static final Duration ROTATING_AT_LEAST = ROTATE_EVERY.multipliedBy(KEYS_AHEAD + 2);

  private static final String FLOOR = "constant authorizer, no cache";
  private static final String CACHED = "authorizer, cache on: hits";
  private static final String MISSED = "authorizer, cache on: misses";
  private static final String ASKED = "authorizer, cache off";
  private static final String FEW = "authorizer, cache off, as few callers";
  private static final String MOVING = "authorizer, cache off, head moving";
  private static final String ROTATING = "authorizer, cache off, issuer rotating";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3")
  private int rounds = 3;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "5")
  private int seconds = 5;

  @Option(names = "--warm-up", paramLabel = "N", defaultValue = "5")
  private int warmUp = 5;

  @Option(names = "--connections", paramLabel = "N", defaultValue = "8")
  private int connections = 8;

  @Option(names = "--into", paramLabel = "FILE")
  private @Nullable Path into;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || seconds < 1 || warmUp < 1 || connections < 1 || connections > 1000) {
      throw new SandboxException(
          2, "--rounds, --seconds and --warm-up must be at least 1, --connections 1 to 1000");
    }
    String machine = Machine.now();
    Distribution distribution = Distribution.fromSystemProperty();
    try (SampleSystem system = SampleSystem.start(distribution)) {
      Part part = measure(new LoadRun(distribution, system, connections), machine);
      PrintWriter out =
          spec == null
              ? new PrintWriter(System.out, false, System.out.charset())
              : spec.commandLine().getOut();
      out.println(Report.tables(part).strip() + "\n\n" + part.note());
      out.flush();
      if (into != null) {
        Parts.write(part, into);
      }
      return 0;
    }
  }

  private Part measure(LoadRun load, String machine) throws Exception {
    SampleSystem system = load.system();
    say("signing tokens of " + CALLERS + " callers");
    List<Call> few = LoadCalls.of(system.tokens(CACHED_CALLERS));
    List<Call> many = LoadCalls.of(system.tokens(CALLERS));
    List<Call> asFew = LoadCalls.of(system.tokens(CALLERS_OF_A_KEY));
    say("warming up");
    Ran heat = load.run(Stage.ASKING, many, HEAT, Duration.ofSeconds(1), Beside.NOTHING);
    List<Call> enough = LoadCalls.of(system.tokens(missing(heat.result().throughput())));

    var results = new LinkedHashMap<String, List<LoadResult>>();
    int publishes = 0;
    for (int round = 1; round <= rounds; round++) {
      say("round " + round + " of " + rounds);
      add(results, FLOOR, run(load, Stage.CONSTANT, many));
      add(results, CACHED, run(load, Stage.CACHING, few));
      add(results, MISSED, run(load, Stage.MISSING, enough));
      add(results, ASKED, run(load, Stage.ASKING, many));
      add(results, FEW, run(load, Stage.ASKING, asFew));
      var moving = moving(load, many);
      add(results, MOVING, moving.ran());
      publishes += moving.publishes();
    }
    say(ROTATING);
    system.issuer().prepareKeys(rotations() + KEYS_AHEAD + 1);
    system.issuer().publishKeysAhead(KEYS_AHEAD);
    long before = system.issuer().keySetReads();
    Ran rotating = rotating(load);
    long reads = system.issuer().keySetReads() - before;
    if (reads < 2) {
      throw new SandboxException(
          1, "the authorizer read the key set " + reads + " times: no rotation reached it");
    }
    add(results, ROTATING, rotating);
    return part(results, note(publishes, rotating.besides(), reads, machine));
  }

  /** So many callers that no answer is still kept when its caller asks again. */
  private static int missing(double throughput) {
    double calls = MARGIN * throughput * Stage.MISSING.ttl().toSeconds();
    return Math.max(CALLERS, (int) Math.ceil(calls / LoadCalls.OF_A_CALLER));
  }

  private static void add(Map<String, List<LoadResult>> results, String name, Ran ran) {
    results.computeIfAbsent(name, _ -> new ArrayList<>()).add(ran.result());
  }

  /**
   * A run while head moved.
   *
   * @param publishes those that came to be in force while it was measured
   */
  private record Moved(Ran ran, int publishes) {}

  private Ran run(LoadRun load, Stage stage, List<Call> calls) throws Exception {
    return load.run(
        stage, calls, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), Beside.NOTHING);
  }

  /** Sees that head moved while it was measured, and that the authorizer decided by where it is. */
  private Moved moving(LoadRun load, List<Call> calls) throws Exception {
    try (Wiring.OpenRepository table = load.system().wiring().openRepository()) {
      var head = new MovingHead(table.repository());
      long before = head.revision();
      Ran ran =
          load.run(
              Stage.ASKING,
              calls,
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds),
              caller -> Repeating.start(PUBLISH_EVERY, nth -> head.move()));
      int publishes = ran.result().during(head.moved());
      long decided = ran.revision();
      if (publishes < 1 || decided <= before || decided < head.revision() - MAY_BE_BEHIND) {
        throw new SandboxException(
            1,
            "head did not move under load: %d publishes while it was measured, head at %d, and the authorizer decided last by %d"
                .formatted(publishes, head.revision(), decided));
      }
      return new Moved(ran, publishes);
    }
  }

  /** After each rotation every call comes with a token that the new key has signed. */
  private Ran rotating(LoadRun load) throws Exception {
    SampleSystem system = load.system();
    return load.run(
        Stage.ASKING,
        LoadCalls.of(system.tokens(CALLERS_OF_A_KEY)),
        Duration.ofSeconds(warmUp),
        rotatingFor(),
        caller ->
            Repeating.start(
                ROTATE_EVERY,
                nth -> {
                  system.issuer().rotate();
                  caller.instead(LoadCalls.of(system.tokens(CALLERS_OF_A_KEY)));
                }));
  }

  private Duration rotatingFor() {
    var wanted = Duration.ofSeconds(seconds);
    return wanted.compareTo(ROTATING_AT_LEAST) < 0 ? ROTATING_AT_LEAST : wanted;
  }

  private int rotations() {
    return (int) rotatingFor().plusSeconds(warmUp).dividedBy(ROTATE_EVERY) + 2;
  }

  private static void say(String what) {
    System.err.println("load: " + what);
  }

  /**
   * How a figure stands to that of the constant authorizer, round by round: the middle, and all.
   */
  private static String times(
      List<LoadResult> rounds, List<LoadResult> floors, ToDoubleFunction<LoadResult> figure) {
    double[] ratios =
        IntStream.range(0, floors.size())
            .mapToDouble(
                round ->
                    figure.applyAsDouble(rounds.get(Math.min(round, rounds.size() - 1)))
                        / figure.applyAsDouble(floors.get(round)))
            .toArray();
    return Samples.middle(ratios) + " (" + Samples.spread(ratios) + ")";
  }

  private static LoadResult together(List<LoadResult> rounds) {
    return rounds.stream().reduce(LoadResult::plus).orElseThrow();
  }

  private static double percentile(LoadResult result, double percent) {
    return Samples.ofNanos(result.nanos()).percentile(percent);
  }

  private static Part part(Map<String, List<LoadResult>> results, String note) {
    List<LoadResult> floors = results.get(FLOOR);
    if (floors == null) {
      throw new IllegalStateException("`" + FLOOR + "` was not measured");
    }
    var rows = new ArrayList<List<String>>();
    var lines = new ArrayList<Part.Series>();
    results.forEach(
        (name, rounds) -> {
          LoadResult result = together(rounds);
          Samples all = Samples.ofNanos(result.nanos());
          rows.add(
              List.of(
                  name,
                  Long.toString(all.count()),
                  Long.toString(Math.round(result.throughput())),
                  Samples.text(all.median()),
                  Samples.text(all.percentile(90)),
                  Samples.text(all.percentile(99)),
                  Samples.text(all.percentile(99.9)),
                  Samples.text(all.max()),
                  times(rounds, floors, LoadResult::throughput),
                  times(rounds, floors, it -> percentile(it, 50)),
                  times(rounds, floors, it -> percentile(it, 99))));
          lines.add(new Part.Series(name, distribution(all)));
        });
    return new Part(
        "load",
        "Load",
        note,
        List.of(
            new Part.Table(
                "Calls through the gateway twin, milliseconds",
                List.of(
                    "stage",
                    "calls",
                    "calls/s",
                    "p50",
                    "p90",
                    "p99",
                    "p99.9",
                    "max",
                    "calls/s × constant",
                    "p50 × constant",
                    "p99 × constant"),
                rows)),
        List.of(
            new Part.Plot(
                "How long calls take", "one call in … takes longer", "ms", true, false, lines)));
  }

  /** From the fastest fifth to one call in ten thousand, or what there is. */
  private static List<Part.Point> distribution(Samples all) {
    return DoubleStream.of(
            1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
        .filter(nth -> nth <= all.count())
        .mapToObj(nth -> new Part.Point(nth, all.percentile(100 - 100 / nth)))
        .toList();
  }

  private String note(int publishes, int rotations, long reads, String machine) {
    return """
    A process of its own keeps %1$d connections to the gateway twin on loopback and sends the next \
    call on each when the last was answered (a closed loop: it measures what %1$d callers see, not \
    what a queue of more would). Twin, issuer and authorizer share a JVM and the table (DynamoDB \
    Local) has its own, as in ./grantway up; there is no admin app, the authorizer's log lines are \
    made and not written, and the twin's access log is. In turn, %14$d times, each stage but the last is made anew, warmed up for %2$d s and measured for %3$d s, by the calls that began \
    in them; before all of it the authorizer is called for %4$d s. \
    Every answer is compared with the one that is known: of six calls four are granted (200, and \
    the backend must name the path) and two are not (403). There were no wrong answers and no \
    errors, or there would be no table. Cache off: TTL 0 and cache key none, %5$d callers' tokens in \
    turn, so that each call verifies its token and decides. Cache on: cache key token+route, TTL \
    300 s, %6$d callers; each call that is measured is a hit. Misses: the same with TTL 1 s and so \
    many callers that none asks for the same route within it. Head moving: besides, a publish each \
    second changes the slice that the callers hold: %7$d publishes in the time that was measured, \
    and the last decision was by one of the last revisions. Issuer rotating: besides, the \
    issuer signs with another key every %8$d s, which it published %9$d s earlier (an authorizer \
    reads the key set again for an unknown key 30 s after the last time at the earliest), and all \
    calls come with tokens of the new key, of %15$d callers, to be read beside as few callers without \
    rotation: %10$d rotations in %11$d s, %12$d reads of the key set. \
    The constant authorizer gives one document whatever it is asked, on a stage without cache: \
    what is left is the twin, the sockets and the process that calls. Read ratios: all of this shares the processors of one machine; they are of each round, the \
    middle one and in brackets from the least to the most (of the one run with an issuer that rotates, beside each round). \
    %13$s."""
        .formatted(
            connections,
            warmUp,
            seconds,
            HEAT.toSeconds(),
            CALLERS,
            CACHED_CALLERS,
            publishes,
            ROTATE_EVERY.toSeconds(),
            ROTATE_EVERY.multipliedBy(KEYS_AHEAD).toSeconds(),
            rotations,
            rotatingFor().plusSeconds(warmUp).toSeconds(),
            reads,
            machine,
            rounds,
            CALLERS_OF_A_KEY);
  }
}
