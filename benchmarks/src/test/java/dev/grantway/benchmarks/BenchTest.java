package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws IOException {
    return new Bench(stream(out), stream(err), folder).run(arguments);
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
}
