package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.Issuer;
import dev.grantway.sandbox.issuer.IssuerSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The parts of the sandbox, started in order and stopped in reverse. */
final class RunningSystem implements AutoCloseable {
  private static final Duration TABLE_LIMIT = Duration.ofSeconds(60);
  private static final Duration CHILDREN_END = Duration.ofSeconds(6);
  private static final Duration ADMIN_LIMIT = Duration.ofSeconds(120);

  private final SystemSettings settings;
  private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private volatile boolean closing;

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
    settings.seed().check();
    requireFree(settings);
    var system = new RunningSystem(settings);
    started.accept(system);
    system.startParts(distribution, progress);
    return system;
  }

  /**
   * Children of a sandbox that was killed may need a moment to notice; nobody else is waited for.
   */
  private static void requireFree(SystemSettings settings) throws InterruptedException {
    Optional<SandboxException> taken = settings.ports().taken();
    long end = System.nanoTime() + CHILDREN_END.toNanos();
    while (taken.isPresent() && DataFolder.wasKilled(settings.data()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      taken = settings.ports().taken();
    }
    if (taken.isPresent()) {
      throw taken.get();
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
    add(startIssuer(issuer));
    table.awaitReady(TABLE_LIMIT);

    var wiring = new Wiring(ports, issuer, settings);
    progress.say("preparing the table");
    wiring.prepareTable().ifPresent(progress::say);

    progress.say("starting the gateway twin on port " + ports.gateway());
    add(wiring.startTwin(distribution));

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

  private Issuer startIssuer(IssuerSettings issuer) {
    try {
      return Issuer.start(issuer);
    } catch (BindException taken) {
      throw settings.ports().refusal("the issuer", issuer.port());
    }
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

  /**
   * Says which part stops by itself, from now on. The others stay: a table or an admin app that is
   * away is something each part has to bear.
   */
  void reportStopped(Progress progress) {
    // Whoever stops a whole machine signals all of us at once: our own signal may be on its way.
    Executor soon = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);
    for (Child child : children) {
      child
          .process()
          .onExit()
          .thenAcceptAsync(
              process -> {
                if (!closing) {
                  progress.say(child.failure().getMessage() + "; Ctrl-C and `up` start it again");
                }
              },
              soon);
    }
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
