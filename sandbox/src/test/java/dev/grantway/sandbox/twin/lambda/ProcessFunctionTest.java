package dev.grantway.sandbox.twin.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFunctionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<String> log = new CopyOnWriteArrayList<>();

  private ProcessFunction start(Map<String, String> environment) throws Exception {
    return ProcessFunction.start(settings(environment), Clock.systemUTC(), log::add);
  }

  static ChildSettings settings(Map<String, String> environment) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("aws") || entry.contains("classes"))
            .map(Path::of)
            .toList();
    return ChildSettings.of(classPath, ScriptedHandler.class.getName(), environment)
        .startingWithin(Duration.ofSeconds(60));
  }

  private static Invocation invoke(ProcessFunction function, String event) throws Exception {
    return function.invoke(event.getBytes(StandardCharsets.UTF_8), LONG);
  }

  private String answer(ProcessFunction function, String event) throws Exception {
    Invocation invocation = invoke(function, event);
    assertThat(invocation).as("with the log %s", log).isInstanceOf(Invocation.Answered.class);
    return new String(((Invocation.Answered) invocation).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void bytesGoInAndOutUnchanged() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      assertThat(answer(function, "{\"echo\":\"ü ∀\"}")).isEqualTo("{\"echo\":\"ü ∀\"}");
      String big = "{\"echo\":\"" + "x".repeat(500_000) + "\"}";
      assertThat(answer(function, big)).isEqualTo(big);
    }
  }

  @Test
  void oneChildServesCallAfterCall() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      assertThat(answer(function, "\"pid\"")).isEqualTo(answer(function, "\"pid\""));
      assertThat(function.pids()).hasSize(1);
    }
  }

  @Test
  void childThatIsRecordedLeavesARecordingWhenItEnds(@TempDir Path folder) throws Exception {
    try (ProcessFunction function =
        ProcessFunction.start(
            settings(Map.of()).alone().recordedInto(folder), Clock.systemUTC(), log::add)) {
      String pid = answer(function, "\"pid\"");
      assertThat(function.stop(LONG)).isTrue();
      assertThat(RecordingFile.readAllEvents(folder.resolve(pid + ".jfr")))
          .extracting(it -> it.getEventType().getName())
          .contains("jdk.JVMInformation");
    }
  }

  @Test
  void thrownMessageArrivesExactly() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      assertThat(invoke(function, "{\"throw\":\"Unauthorized\"}"))
          .isEqualTo(new Invocation.Failed("Unauthorized", IllegalStateException.class.getName()));
    }
  }

  @Test
  void whatTheHandlerLogsIsHandedOn() throws Exception {
    var said = new CountDownLatch(1);
    try (ProcessFunction function =
        ProcessFunction.start(
            settings(Map.of()),
            Clock.systemUTC(),
            line -> {
              if (line.contains("said by the handler")) {
                said.countDown();
              }
            })) {
      assertThat(answer(function, "\"log\"")).isEqualTo("1");
      assertThat(said.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void childSeesItsOwnEnvironmentAndNotItsParents() throws Exception {
    try (ProcessFunction function = start(Map.of("GRANTWAY_TABLE", "t"))) {
      assertThat(answer(function, "{\"env\":\"GRANTWAY_TABLE\"}")).isEqualTo("\"t\"");
      assertThat(System.getenv("JAVA_HOME") == null && System.getenv("PWD") == null).isFalse();
      assertThat(answer(function, "{\"env\":\"JAVA_HOME\"}")).isEqualTo("\"(none)\"");
      assertThat(answer(function, "{\"env\":\"PWD\"}")).isEqualTo("\"(none)\"");
    }
  }

  @Test
  void childThatDiesInACallFailsThatCallAndIsReplaced() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      String before = answer(function, "\"pid\"");
      assertThat(invoke(function, "\"exit\"")).isInstanceOf(Invocation.Failed.class);
      assertThat(answer(function, "\"pid\"")).isNotEqualTo(before);
    }
  }

  @Test
  void childThatIsKilledBetweenCallsIsReplaced() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      String before = answer(function, "\"pid\"");
      ProcessHandle child = ProcessHandle.of(Long.parseLong(before)).orElseThrow();
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
      assertThat(answer(function, "\"pid\"")).isNotEqualTo(before);
    }
  }

  @Test
  void callThatTakesTooLongTimesOutAndItsChildIsKilled() throws Exception {
    try (ProcessFunction function = start(Map.of())) {
      long before = Long.parseLong(answer(function, "\"pid\""));
      var timeout = Duration.ofMillis(300);
      assertThat(function.invoke("\"hang\"".getBytes(StandardCharsets.UTF_8), timeout))
          .isEqualTo(new Invocation.TimedOut(timeout));
      assertThat(answer(function, "\"pid\"")).isNotEqualTo(String.valueOf(before));
      ProcessHandle.of(before).ifPresent(child -> child.onExit().join());
    }
  }

  @Test
  void startThatFailsIsAFailureOfTheCall() throws Exception {
    try (ProcessFunction function = start(Map.of("FAIL_AT_START", "1"))) {
      assertThat(invoke(function, "\"pid\""))
          .isInstanceOfSatisfying(
              Invocation.Failed.class,
              failed -> assertThat(failed.errorType()).isNotEqualTo("Unauthorized"));
    }
  }

  @Test
  void concurrentCallsGetTheirOwnAnswers() throws Exception {
    try (ProcessFunction function = start(Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<String>>();
      for (int i = 0; i < 20; i++) {
        String event = "{\"echo\":\"" + i + "\"}";
        calls.add(threads.submit(() -> answer(function, event)));
      }
      var answers = new HashSet<String>();
      for (Future<String> call : calls) {
        answers.add(call.get(60, TimeUnit.SECONDS));
      }
      assertThat(answers).hasSize(20);
      assertThat(function.pids()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void closingEndsTheChildren() throws Exception {
    var children = new ArrayList<ProcessHandle>();
    try (ProcessFunction function = start(Map.of())) {
      answer(function, "\"pid\"");
      function.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(children::add));
    }
    assertThat(children).hasSize(1);
    for (ProcessHandle child : children) {
      child.onExit().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void childEndsWithAParentThatIsKilledInTheMiddleOfACall() throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DoomedParent.class.getName());
    Process parent = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();

    parent.destroyForcibly();

    child.onExit().get(5, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }
}
