package dev.grantway.issuers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server in a process of its own that outlives neither its test nor the test's JVM. */
final class Leashed implements AutoCloseable {
  private static final Path LEASH = Path.of("src/test/resources/leash.sh").toAbsolutePath();

  private final Process process;
  private final Path log;

  private Leashed(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param environment all that it sees of ours, besides where programs are
   * @param limit after which it is killed and the test fails with what it said
   */
  static Leashed start(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Duration limit,
      BooleanSupplier ready) {
    try {
      var words = new ArrayList<>(List.of("bash", LEASH.toString()));
      words.addAll(command);
      var log = Files.createTempFile(Path.of("target"), "issuer-", ".log");
      var builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
      builder.environment().putAll(environment);
      var server = new Leashed(builder.start(), log);
      server.await(limit, ready);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(Duration limit, BooleanSupplier ready) {
    long end = System.nanoTime() + limit.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      if (ready.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    close();
    throw new AssertionError("not ready within " + limit + "; it said:\n" + said());
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something listens there. */
  static boolean listens(String address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Lets go of the leash, and sees that all of it ended. */
  @Override
  public void close() {
    try {
      var all = process.descendants().toList();
      process.getOutputStream().close();
      process.waitFor(10, TimeUnit.SECONDS);
      for (var one : all) {
        one.onExit().get(10, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("it outlives its leash", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
