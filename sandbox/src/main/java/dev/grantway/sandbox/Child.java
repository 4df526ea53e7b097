package dev.grantway.sandbox;

import dev.grantway.sandbox.process.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A part that runs in a JVM of its own. It ends when its standard input does, and therefore with
 * us, however we end.
 */
final class Child implements AutoCloseable {
  private static final String READY = "ready";
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final String name;
  private final Process process;
  private final Path log;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Thread copier;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.copier = Thread.ofPlatform().daemon().name("log of " + name).start(this::copyOutput);
  }

  /**
   * Starts a main class; a line {@code ready} in its output is noted, all of it goes to the log.
   */
  static Child start(
      String name,
      String classPath,
      List<String> jvmOptions,
      List<String> command,
      Map<String, String> environment,
      Path log) {
    var words = new ArrayList<String>();
    // A terminal sends Ctrl-C to all of us; the launcher alone decides who stops when.
    words.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    // A sandbox starts often and serves few: what costs little to start is best.
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.addAll(jvmOptions);
    words.addAll(command);
    // Beside its log, where it finds no file that means something to it.
    var builder =
        new ProcessBuilder(words)
            .directory(log.toAbsolutePath().resolveSibling("").toFile())
            .redirectErrorStream(true);
    Surroundings.keepOnly(builder.environment());
    // Not as an argument: it would hide from `ps` which part this is.
    builder.environment().put("CLASSPATH", classPath);
    builder.environment().putAll(environment);
    try {
      return new Child(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        var out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        if (line.equals(READY)) {
          ready.countDown();
        }
      }
    } catch (IOException closed) {
      // The part has ended; awaiting it says so.
    }
  }

  String name() {
    return name;
  }

  Process process() {
    return process;
  }

  /** Waits for the line {@code ready}; a part that ends or is too slow is refused with its log. */
  void awaitReady(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!ready.await(50, TimeUnit.MILLISECONDS)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw failure();
      }
    }
  }

  SandboxException failure() {
    String what = process.isAlive() ? " does not answer" : " has stopped";
    return new SandboxException(3, name + what + ": " + whereToLook());
  }

  /** Where its log is and, once it has ended, what it said last. */
  String whereToLook() {
    return "its log is `" + log + "`" + lastWords();
  }

  private String lastWords() {
    try {
      if (!process.isAlive()) {
        copier.join(PATIENCE);
      }
      return Files.readAllLines(log).stream()
          .filter(line -> !line.isBlank() && !line.equals(READY))
          .filter(line -> !line.stripLeading().startsWith("at "))
          .reduce((first, second) -> second)
          .map(line -> ", which ends with `" + line.strip() + "`")
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException alreadyClosed) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
