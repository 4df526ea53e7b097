package dev.grantway.sandbox;

import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.sandbox.issuer.Issuer;
import dev.grantway.sandbox.issuer.IssuerSettings;
import java.io.IOException;
import java.net.BindException;
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

/**
 * The parts of the sandbox, started in order and stopped in reverse. One that ends by itself is
 * named and stays down: what the others do without it is something to try out, too.
 */
final class RunningSystem implements AutoCloseable {
  private static final String TABLE = "the table";
  private static final String ADMIN = "the admin app";
  private static final Map<String, String> WITHOUT =
      Map.of(
          TABLE,
          "nothing can be edited or published, and calls are decided by what the authorizer holds"
              + " for `GRANTWAY_STALE_LIMIT` (5m) at most, then fail",
          ADMIN,
          "nobody can edit or publish, and calls are decided as before");
  static final Duration TABLE_LIMIT = Duration.ofSeconds(60);
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
    Child table = child(startTable(distribution, ports, data));

    progress.say("starting the issuer on port " + ports.issuer());
    var issuer =
        new IssuerSettings(
            ports.issuer(),
            "http://127.0.0.1:" + ports.admin(),
            UUID.randomUUID().toString(),
            data.issuerKey());
    add(startIssuer(issuer));
    awaitReady(table, ports.table(), TABLE_LIMIT);

    var wiring = new Wiring(ports, issuer, settings);
    progress.say("preparing the table");
    wiring.prepareTable().ifPresent(progress::say);

    progress.say("starting the gateway twin on port " + ports.gateway());
    add(startTwin(wiring, distribution));

    progress.say("starting the admin app on port " + ports.admin());
    Child admin =
        child(
            Child.start(
                ADMIN,
                distribution.classPath("policy-admin"),
                List.of("-Xmx512m"),
                List.of("dev.grantway.admin.Application"),
                wiring.adminEnvironment(),
                data.log("admin")));
    awaitReady(admin, ports.admin(), ADMIN_LIMIT);
  }

  static Child startTable(Distribution distribution, Ports ports, DataFolder data) {
    return Child.start(
        TABLE,
        distribution.classPath("sandbox-table"),
        List.of("-Xmx512m"),
        List.of(
            "dev.grantway.sandbox.table.TableServer",
            Integer.toString(ports.table()),
            data.table().toString()),
        Map.of(),
        data.log("table"));
  }

  private Issuer startIssuer(IssuerSettings issuer) {
    try {
      return Issuer.start(issuer);
    } catch (BindException taken) {
      throw settings.ports().refusal("the issuer", issuer.port());
    }
  }

  private AutoCloseable startTwin(Wiring wiring, Distribution distribution) throws IOException {
    try {
      return wiring.startTwin(distribution);
    } catch (BindException taken) {
      throw settings.ports().refusal("the gateway twin", settings.ports().gateway());
    } catch (ConfigurationException wrong) {
      throw new SandboxException(2, String.join("\n", wrong.problems()));
    }
  }

  /** Ports were free at first; one that was taken since ends the child that needs it. */
  private void awaitReady(Child child, int port, Duration limit) throws InterruptedException {
    try {
      child.awaitReady(limit);
    } catch (SandboxException failed) {
      if (child.process().isAlive()) {
        throw failed;
      }
      throw settings.ports().taken(child.name(), port).orElse(failed);
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
      var _ =
          child
              .process()
              .onExit()
              .thenAcceptAsync(
                  process -> {
                    if (!closing) {
                      progress.say(
                          "%s has stopped: %s; Ctrl-C and `./grantway up` start it again; %s"
                              .formatted(
                                  child.name(), WITHOUT.get(child.name()), child.whereToLook()));
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
