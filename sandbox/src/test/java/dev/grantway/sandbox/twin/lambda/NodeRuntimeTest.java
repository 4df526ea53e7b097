package dev.grantway.sandbox.twin.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime loop in Node that {@code bench cold} starts; left out where there is no Node. */
class NodeRuntimeTest {
  private static final Path RUNTIME =
      Path.of(System.getProperty("basedir", ""), "..", "benchmarks", "peers", "node", "runtime.cjs")
          .toAbsolutePath()
          .normalize();
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @BeforeAll
  static void onlyWithNode() throws InterruptedException {
    assumeTrue(hasNode(), "there is no Node 20 or newer on PATH");
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process asked =
          new ProcessBuilder(
                  "node", "-e", "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)")
              .redirectErrorStream(true)
              .start();
      return asked.waitFor(20, TimeUnit.SECONDS) && asked.exitValue() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  private ProcessFunction start(String handler) throws IOException {
    Path file = Files.writeString(folder.resolve("handler.cjs"), handler);
    var node = new ChildProgram.Other(List.of("node", RUNTIME.toString()));
    return ProcessFunction.start(
        ChildSettings.of(node, file.toString(), Map.of("GREETING", "ü")).startingWithin(LONG),
        Clock.systemUTC(),
        line -> {});
  }

  private static Invocation invoke(ProcessFunction function, String event)
      throws InterruptedException {
    return function.invoke(event.getBytes(StandardCharsets.UTF_8), LONG);
  }

  private static String text(Invocation invocation) {
    assertThat(invocation).isInstanceOf(Invocation.Answered.class);
    return new String(((Invocation.Answered) invocation).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void oneProcessAnswersEventAfterEventAndAnErrorIsToldByItsMessage() throws Exception {
    try (ProcessFunction function =
        start(
            """
            exports.handler = async ({ say }) => {
              if (say === 'no') throw new Error('Unauthorized');
              return { said: say + process.env.GREETING, pid: process.pid };
            };
            """)) {
      String first = text(invoke(function, "{\"say\":\"∀\"}"));
      assertThat(first).startsWith("{\"said\":\"∀ü\",\"pid\":");
      assertThat(invoke(function, "{\"say\":\"no\"}"))
          .isEqualTo(new Invocation.Failed("Unauthorized", "Error"));
      assertThat(text(invoke(function, "{\"say\":\"∀\"}"))).isEqualTo(first);
      assertThat(function.pids()).hasSize(1);
    }
  }

  @Test
  void aHandlerThatCannotBeLoadedIsAStartThatFailed() throws Exception {
    try (ProcessFunction function = start("throw new TypeError('broken');")) {
      assertThat(invoke(function, "{}"))
          .isEqualTo(new Invocation.Failed("the runtime did not start", "TypeError"));
    }
  }
}
