package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.Issuer;
import dev.grantway.sandbox.issuer.IssuerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The parts of the sandbox, started in order and stopped in reverse. */
final class RunningSystem implements AutoCloseable {
  private static final Duration TABLE_LIMIT = Duration.ofSeconds(60);
  private static final Duration ADMIN_LIMIT = Duration.ofSeconds(120);

  private final SystemSettings settings;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();
  private volatile boolean closing;
  private volatile boolean failed;

  private RunningSystem(SystemSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts every part.
   *
   * @param started is told of the system before its first part starts, so that it can be stopped
   */
  static RunningSystem start(
      Distribution distribution,
      SystemSettings settings,
      Progress progress,
      Consumer<RunningSystem> started)
      throws IOException, InterruptedException {
    settings.ports().requireFree();
    var system = new RunningSystem(settings);
    started.accept(system);
    try {
      system.startParts(distribution, progress);
      return system;
    } catch (RuntimeException | IOException | InterruptedException e) {
      system.failed = true;
      throw e;
    }
  }

  private void startParts(Distribution distribution, Progress progress)
      throws IOException, InterruptedException {
    Ports ports = settings.ports();
    DataFolder data = add(DataFolder.open(settings.data(), settings.fresh()));

    progress.say("starting the table (DynamoDB Local) on port " + ports.table());
    Child table =
        child(
            Child.start(
                "the table",
                distribution.classPath("sandbox-table"),
                List.of("-Xmx512m"),
                List.of(
                    "dev.grantway.sandbox.table.TableServer",
                    Integer.toString(ports.table()),
                    data.table().toString()),
                Map.of(),
                data.log("table")));

    progress.say("starting the issuer on port " + ports.issuer());
    var issuer =
        new IssuerSettings(
            ports.issuer(),
            "http://127.0.0.1:" + ports.admin(),
            UUID.randomUUID().toString(),
            data.issuerKey());
    add(Issuer.start(issuer));
    table.awaitReady(TABLE_LIMIT);

    var wiring = new Wiring(ports, issuer, settings);
    progress.say("preparing the table");
    wiring.prepareTable().ifPresent(progress::say);

    progress.say("starting the gateway twin on port " + ports.gateway());
    add(wiring.startTwin());

    progress.say("starting the admin app on port " + ports.admin());
    Child admin =
        child(
            Child.start(
                "the admin app",
                distribution.classPath("policy-admin"),
                List.of("-Xmx512m"),
                List.of("dev.grantway.admin.Application"),
                wiring.adminEnvironment(),
                data.log("admin")));
    awaitAnswer(admin, ports.admin());
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.add(part);
    return part;
  }

  private Child child(Child child) {
    children.add(child);
    return add(child);
  }

  private static void awaitAnswer(Child child, int port) throws InterruptedException {
    long end = System.nanoTime() + ADMIN_LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
              .timeout(Duration.ofSeconds(5))
              .build();
      while (true) {
        if (!child.process().isAlive() || System.nanoTime() > end) {
          throw child.failure();
        }
        try {
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500) {
            return;
          }
        } catch (IOException notYet) {
          // Asked again below.
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  Ports ports() {
    return settings.ports();
  }

  Path data() {
    return settings.data();
  }

  boolean hasFailed() {
    return failed;
  }

  /** Waits until a part stops by itself. */
  SandboxException awaitFailure() throws InterruptedException {
    var first =
        CompletableFuture.anyOf(
            children.stream()
                .map(child -> child.process().onExit().thenApply(process -> child))
                .toArray(CompletableFuture<?>[]::new));
    Child stopped = (Child) first.join();
    if (closing) {
      Thread.sleep(Long.MAX_VALUE);
    }
    failed = true;
    return stopped.failure();
  }

  @Override
  public void close() {
    closing = true;
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("grantway: stopping: " + e.getMessage());
      }
    }
  }
}
