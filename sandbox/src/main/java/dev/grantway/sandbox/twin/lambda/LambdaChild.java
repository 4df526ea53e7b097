package dev.grantway.sandbox.twin.lambda;

import dev.grantway.sandbox.process.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One child with its Runtime API: what Lambda calls an execution environment. */
final class LambdaChild implements AutoCloseable {
  private final Process process;
  private final RuntimeApi api;
  private final Path directory;

  private LambdaChild(Process process, RuntimeApi api, Path directory) {
    this.process = process;
    this.api = api;
    this.directory = directory;
  }

  static LambdaChild start(ChildSettings settings, Clock clock, Consumer<String> log)
      throws IOException {
    // the runtime client loads every jar of its working directory, so it gets one of its own
    Path directory = Files.createTempDirectory("grantway-authorizer");
    var api = new RuntimeApi(clock);
    try {
      Process process = command(settings, api, directory).start();
      Thread.ofVirtual().start(() -> copyLines(process, log));
      var child = new LambdaChild(process, api, directory);
      var _ = process.onExit().thenRun(child::forget);
      return child;
    } catch (IOException e) {
      api.close();
      Files.deleteIfExists(directory);
      throw e;
    }
  }

  private static ProcessBuilder command(ChildSettings settings, RuntimeApi api, Path directory) {
    var builder =
        new ProcessBuilder(settings.program().command(settings.handler()))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    Surroundings.keepOnly(environment);
    environment.putAll(settings.environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("_HANDLER", settings.handler());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", LambdaNames.FUNCTION);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(LambdaNames.MEMORY_MB));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + LambdaNames.FUNCTION);
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "sandbox");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.putIfAbsent("AWS_REGION", "us-east-1");
    return builder;
  }

  private static void copyLines(Process process, Consumer<String> log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(log);
    } catch (IOException | UncheckedIOException e) {
      log.accept("the log of an authorizer process ended early");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Why the start failed, or empty when the child is ready for events. */
  Optional<String> awaitStart(Duration timeout) throws InterruptedException {
    try {
      return api.started().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of("Runtime.InitTimeout");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  Invocation invoke(byte[] event, Duration timeout) throws InterruptedException {
    try {
      return api.offer(event, timeout).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Invocation.TimedOut(timeout);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the process to end and waits for it; false if it does not in time. */
  boolean stop(Duration patience) throws InterruptedException {
    // Its streams stay open: at the end of its input it would halt, and leave no AOT cache.
    process.toHandle().destroy();
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void forget() {
    api.close();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException leftOver) {
      directory.toFile().deleteOnExit();
    }
  }

  /** Kills the process; everything that waits for it is told. */
  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
