package dev.grantway.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the admin app of a sandbox was started, to start it again otherwise; on Linux. */
record AdminInstance(List<String> command, Map<String, String> environment) {
  private static final Duration START = Duration.ofMinutes(2);

  static AdminInstance of(RunningSandbox sandbox) throws IOException {
    ProcessHandle own = sandbox.child("dev.grantway.admin.Application");
    return new AdminInstance(
        zeroes(own, "cmdline"),
        zeroes(own, "environ").stream()
            .map(it -> it.split("=", 2))
            .collect(Collectors.toMap(it -> it[0], it -> it[1])));
  }

  /** What the kernel tells of a process, piece by piece. */
  private static List<String> zeroes(ProcessHandle process, String file) throws IOException {
    String text = Files.readString(Path.of("/proc", "" + process.pid(), file));
    return Stream.of(text.split("\0")).filter(it -> !it.isEmpty()).toList();
  }

  Process start(Map<String, String> settings, Path log) throws IOException {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    var all = new HashMap<>(environment);
    all.putAll(settings);
    builder.environment().clear();
    builder.environment().putAll(all);
    return builder.start();
  }

  static boolean isReady(int port) {
    return Until.holds(START, () -> health(port, "/health/ready") == 200);
  }

  static int health(int port, String path) {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
