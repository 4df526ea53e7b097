package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./grantway bench}: runs benchmarks and reports how they compare. */
public final class Bench {
  private final Catalog catalog = Catalog.compiled();
  private final PrintStream out;
  private final PrintStream err;
  private final Path folder;
  private final Clock clock;

  /**
   * A command that answers on one stream and tells its progress on the other.
   *
   * @param folder where {@code report.html}, {@code report.md} and their parts are written
   */
  Bench(PrintStream out, PrintStream err, Path folder, Clock clock) {
    this.clock = clock;
    this.out = out;
    this.err = err;
    this.folder = folder;
  }

  /** Ends with 0 measured, 1 a benchmark answered wrongly, 2 usage, 3 something outside failed. */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(System.getProperty("grantway.home", "."));
    System.exit(
        new Bench(System.out, System.err, home.resolve("target/bench"), Clock.systemUTC())
            .run(arguments));
  }

  int run(String... arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("compose")) {
      compose();
      return 0;
    }
    if (arguments.length == 1 && arguments[0].equals("over-grants")) {
      return overGrants();
    }
    if (arguments.length == 2 && arguments[0].equals("profile-of")) {
      return profile(Path.of(arguments[1]));
    }
    if (arguments.length > 0 && arguments[0].equals("soak")) {
      return soak(List.of(arguments).subList(1, arguments.length));
    }
    try {
      Options options = Options.of(catalog, arguments);
      if (options.help()) {
        out.println(Options.USAGE);
        out.println("names: " + catalog.names());
      } else {
        report(options, jmh(options));
      }
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("grantway bench: " + e.getMessage());
      err.println(Options.USAGE);
      return 2;
    } catch (RunnerException e) {
      err.println("grantway bench: " + e.getMessage() + "; the lines above say more");
      return e.getCause() instanceof BenchmarkException ? 1 : 3;
    }
  }

  private int overGrants() throws IOException {
    try {
      Part part = OverGrants.part(OverGrants.ofEveryPolicy());
      Parts.write(part, folder.resolve("parts/" + part.name() + ".json"));
      compose();
      out.println(dev.grantway.figures.Report.tables(part).strip());
      out.flush();
      return 0;
    } catch (IllegalStateException wrong) {
      err.println("grantway bench: " + wrong.getMessage());
      return 1;
    }
  }

  private int profile(Path recordings) {
    try {
      out.print(Profile.of(recordings));
      out.flush();
      return 0;
    } catch (IOException e) {
      err.println("grantway bench: the recordings in " + recordings + " cannot be read: " + e);
      return 3;
    }
  }

  private int soak(List<String> arguments) {
    int minutes = arguments.isEmpty() ? 10 : minutes(arguments);
    if (minutes < 1) {
      err.println("grantway bench: soak takes `--minutes` and a whole number from 1 to 50");
      return 2;
    }
    var length = Duration.ofMinutes(minutes);
    try {
      Soak.Result result = new Soak(Duration.ZERO).run(length);
      out.print(result.told(length));
      out.flush();
      return result.passed() ? 0 : 1;
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM makes no keys", e);
    }
  }

  /** Of the option; 0 where it is none. The tokens last an hour. */
  private static int minutes(List<String> arguments) {
    boolean named = arguments.size() == 2 && arguments.getFirst().equals("--minutes");
    return named && arguments.get(1).matches("[1-9]|[1-4][0-9]|50")
        ? Integer.parseInt(arguments.get(1))
        : 0;
  }

  private void report(Options options, Collection<RunResult> results) throws IOException {
    List<Measured> measured = results.stream().map(Measured::of).toList();
    Report report = Report.of(measured, catalog.floors());
    Path parts = folder.resolve("parts");
    for (Part part : MeasuredParts.of(report, catalog.notes())) {
      Parts.write(part, parts.resolve(part.name() + ".json"));
    }
    compose();
    out.print(options.json() ? report.json() : report.markdown());
    out.flush();
  }

  /** Makes the report of every part that was measured, now or before. */
  private void compose() throws IOException {
    Path run = folder.resolve("run.tsv");
    if (Files.exists(run)) {
      Part part = WholeRun.part(run);
      Parts.write(part, folder.resolve("parts/" + part.name() + ".json"));
    }
    List<Part> parts = Parts.in(folder.resolve("parts"));
    new dev.grantway.figures.Report(Machine.described(clock), parts).write(folder);
    err.println("grantway bench: the report is " + folder.resolve("report.html"));
  }

  private Collection<RunResult> jmh(Options options) throws RunnerException {
    var results = new ArrayList<RunResult>();
    var progress = OutputFormatFactory.createFormatInstance(err, VerboseMode.NORMAL);
    for (Turn turn : Turn.of(options)) {
      results.addAll(new Runner(jmh(options.pace(), turn), progress).run());
    }
    return results;
  }

  private static org.openjdk.jmh.runner.options.Options jmh(Options.Pace pace, Turn turn) {
    var jmh =
        new OptionsBuilder()
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .forks(pace.forks())
            .warmupIterations(pace.warmups())
            .measurementIterations(pace.measurements())
            .warmupTime(TimeValue.milliseconds(pace.warmupMillis()))
            .measurementTime(TimeValue.milliseconds(pace.millis()));
    turn.benchmarks().forEach(jmh::include);
    turn.parameters().forEach((name, values) -> jmh.param(name, values.toArray(String[]::new)));
    return jmh.build();
  }
}
