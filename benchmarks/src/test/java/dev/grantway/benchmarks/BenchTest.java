package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws IOException {
    return new Bench(stream(out), stream(err), folder, Clock.systemUTC()).run(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void helpNamesEveryBenchmark() throws IOException {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("names: ", "TokenVerification");
  }

  @Test
  void theReportIsMadeOfEveryPart() throws IOException {
    var row = new Measured("Sum", "plain", new TreeMap<>(), 200, 20, OptionalDouble.of(64));
    Report report = Report.of(List.of(row), Map.of("Sum", new Floor("plain", Set.of())));
    for (Part part : MeasuredParts.of(report, Map.of("Sum", "adds"))) {
      Parts.write(part, folder.resolve("parts").resolve(part.name() + ".json"));
    }
    assertThat(run("compose")).isZero();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## Sum\nadds\n", "| Sum.plain |  | 200 | 20 | 64 | baseline |  |");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<th scope='row'>Sum.plain</th>");
  }

  @Test
  void theReportTellsHowLongTheWholeRunTookAndHowItEnded() throws IOException {
    Files.writeString(
        folder.resolve("run.tsv"), "cold --into\t141\t0\nby_browser X\t334\t1\nload\t1\t3\n");
    assertThat(run("compose")).isZero();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains(
            "took 7 min 56 s and ended with exit code 1",
            "| cold --into | 141 | 0 |",
            "| all of it | 476 | 1 |")
        .contains(Files.exists(Path.of("/proc/meminfo")) ? " GiB of memory, " : " cores, ");
  }

  @Test
  void whatCannotBeReadEndsWithTwoAndSaysWhy() throws IOException {
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(run("--format", "xml")).isEqualTo(2);
    assertThat(run("Token", "Compile")).isEqualTo(2);
    assertThat(run("soak", "--minutes", "0")).isEqualTo(2);
    assertThat(run("soak", "now")).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "no benchmark is named `nonsense`: there are",
            "unknown option `--fast`",
            "--format takes `json`, not `xml`",
            "not `Token` and `Compile`",
            "soak takes `--minutes`");
  }

  @Test
  void aProfileNamesOurMethodsByTheirShare() throws Exception {
    try (var recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.enable("jdk.JVMInformation");
      recording.start();
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        OverGrants.compare("small", SamplePolicy.of(100, 100, false));
      }
      recording.stop();
      recording.dump(folder.resolve("1.jfr"));
      recording.dump(folder.resolve("2.jfr"));
      recording.dump(Files.createDirectory(folder.resolve("a kind")).resolve("3.jfr"));
    }
    assertThat(run("profile-of", folder.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("of our time, by the innermost method of ours", "`dev.grantway.")
        .contains("## a kind\n\nProcesses: 1. ", "\n\nProcesses: 2. ");
  }

  @Test
  void withoutARecordingNothingIsTold() throws IOException {
    assertThat(run("profile-of", folder.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("There is no recording.");
    assertThat(run("profile-of", folder.resolve("none").toString())).isEqualTo(3);
  }
}
