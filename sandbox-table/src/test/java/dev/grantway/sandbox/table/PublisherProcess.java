package dev.grantway.sandbox.table;

import dev.grantway.policy.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A running {@link PublisherMain}, which can be killed and stopped as an operating system does. */
final class PublisherProcess implements AutoCloseable {
  private final Process process;

  private PublisherProcess(Process process) {
    this.process = process;
  }

  static PublisherProcess start(String address, Effect effect, AheadClock clock, Duration patience)
      throws IOException {
    return new PublisherProcess(
        java(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            PublisherMain.class,
            address,
            effect.name(),
            clock.file().toString(),
            patience.toString()));
  }

  /** A JVM with this one's class path. */
  static Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** SIGKILL: nothing of it runs any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", which, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill " + which + " failed");
    }
  }

  CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /** What it said in all, once it has ended. */
  String said() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
