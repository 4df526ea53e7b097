package dev.grantway.admin.changes;

import com.nimbusds.jose.JOSEException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.admin.AdminSettings;
import dev.grantway.admin.activity.Activity;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.sandbox.twin.AuthorizerSettings;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.StageConfiguration;
import dev.grantway.sandbox.twin.TwinConfiguration;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * From a publish to the callers, with short times: the gateway twin, its cache and the real
 * authorizer, whose reads of the policy take their time, and the app's propagation with its real
 * flushes, which somebody on the way may refuse.
 */
final class LiveSystem implements AutoCloseable {
  static final Duration MAX_AGE = Duration.ofMillis(100);
  static final Duration TIMEOUT = Duration.ofMillis(250);
  static final Duration TTL = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int CALLERS = 3;
  private static final int ENOUGH = 5;
  private static final String REFUNDS = "/orders/prod/orders/7/refunds";
  private static final int TOKENS = 12;

  /** What becomes of a publish's second flush; the first succeeds. */
  enum Outcome {
    SUCCEEDS,
    FAILS,
    IS_NOT_ALLOWED
  }

  /**
   * One publish, followed.
   *
   * @param wrong answers by the old revision that contradict what the app said before they were
   *     asked for
   * @param oldAnswers all answers by the old revision
   * @param lastOld how long after the publish the last of them was asked for
   * @param afterwards answers asked for once it was in force
   * @param inForce after how long it was
   */
  record Trial(
      Outcome outcome,
      List<String> wrong,
      long oldAnswers,
      Duration lastOld,
      long afterwards,
      Duration inForce) {}

  private final Clock clock = Clock.systemUTC();
  private final Random random;
  private final InMemoryPolicy policy = InMemoryPolicy.of(World.sample(), clock);
  private final Propagation.Stage stage =
      new Propagation.Stage(World.ORDERS, "orders", ApiType.REST, "prod");
  private final List<String> tokens = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final InProcessFunction function;
  private final GatewayTwin twin;
  private final HttpServer door;
  private final GatewayCaches caches;
  private final Propagation propagation;
  private final AtomicInteger flushes = new AtomicInteger();
  private volatile Outcome outcome = Outcome.SUCCEEDS;

  LiveSystem(Random random) throws IOException, JOSEException {
    this.random = random;
    var issuer = new OwnIssuer();
    for (int i = 0; i < TOKENS; i++) {
      tokens.add(issuer.token("caller-" + i, Map.of("roles", List.of("viewer")), clock.instant()));
    }
    function =
        new InProcessFunction(
            new AuthorizerHandler(settings(issuer), slowly(), clock, line -> {}), line -> {});
    Api orders = policy.live().api(World.ORDERS).orElseThrow();
    twin =
        GatewayTwin.start(
            TwinConfiguration.of(
                0,
                List.of(
                    new StageConfiguration(
                        orders.id().value(),
                        orders.name(),
                        stage.name(),
                        orders::routes,
                        AuthorizerSettings.request(
                            List.of(
                                "method.request.header.Authorization",
                                "context.httpMethod",
                                "context.resourcePath"),
                            TTL,
                            TIMEOUT,
                            function),
                        Map.of())),
                clock,
                line -> {}));
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.createContext("/", this::flush);
    door.start();
    var admin =
        new AdminSettings(
            "grantway",
            "sub",
            "",
            "",
            "http://127.0.0.1:" + door.getAddress().getPort(),
            MAX_AGE,
            TIMEOUT,
            Duration.ofSeconds(5),
            TTL);
    caches = new AwsGatewayCaches(admin.flushUrl(), Map.of("AWS_REGION", "eu-central-1"));
    propagation =
        new Propagation(
            caches,
            new ReportedInstances(policy),
            this::later,
            clock,
            new Activity(new InMemoryActivity(clock), new World.SignedIn()),
            admin);
  }

  private void later(Instant when, Runnable task) {
    Duration wait = Duration.between(clock.instant(), when);
    var _ = threads.schedule(task, Math.max(0, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
  }

  private static Map<String, String> settings(OwnIssuer issuer) {
    return Map.of(
        "GRANTWAY_ISSUERS",
        issuer.setting(),
        "GRANTWAY_CACHE_KEY",
        "token+route",
        "GRANTWAY_CACHE_TTL",
        TTL.toMillis() + "ms",
        "GRANTWAY_POLICY_MAX_AGE",
        MAX_AGE.toMillis() + "ms");
  }

  /** The policy, whose every third read takes up to a timeout: before or after it has looked. */
  private PolicyReader slowly() {
    return (PolicyReader)
        Proxy.newProxyInstance(
            PolicyReader.class.getClassLoader(),
            new Class<?>[] {PolicyReader.class},
            (proxy, method, arguments) -> {
              long wait = random.nextInt(3) == 0 ? random.nextLong(TIMEOUT.toNanos()) : 0;
              boolean before = random.nextBoolean();
              LockSupport.parkNanos(before ? wait : 0);
              try {
                Object answer = method.invoke(policy, arguments);
                LockSupport.parkNanos(before ? 0 : wait);
                return answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause() == null ? thrown : thrown.getCause();
              }
            });
  }

  /** The way of a flush to the twin: the first of a trial gets through. */
  private void flush(HttpExchange exchange) throws IOException {
    boolean through = flushes.incrementAndGet() == 1 || outcome == Outcome.SUCCEEDS;
    if (through) {
      send(exchange.getRequestMethod(), exchange.getRequestURI().toString(), "");
    } else if (outcome == Outcome.IS_NOT_ALLOWED) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", "AccessDeniedException");
    }
    exchange.sendResponseHeaders(through ? 202 : outcome == Outcome.IS_NOT_ALLOWED ? 403 : 503, -1);
    exchange.close();
  }

  private int send(String method, String target, String token) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + twin.port() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Until every caller was answered once, so that no trial waits for classes to load. */
  void warmUp() throws IOException {
    for (String token : tokens) {
      while (send("POST", REFUNDS, token) == 500) {
        Thread.onSpinWait();
      }
    }
    caches.flush(stage);
  }

  /** Publishes the other state of one permission and follows it until it is in force. */
  Trial trial(Outcome second) throws Exception {
    outcome = second;
    flushes.set(0);
    boolean allows = policy.live().permission(TOGGLED.id()).isEmpty();
    var callers = new Callers(allows ? 200 : 403, policy.head().revision() + 1);
    List<Future<?>> asking = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        var draws = new Random(random.nextLong());
        asking.add(threads.submit(() -> callers.ask(draws)));
      }
      LockSupport.parkNanos(random.nextLong(MAX_AGE.toNanos()));
      Revision revision = publish(allows);
      Instant published = clock.instant();
      callers.published = published;
      propagation.published(revision.number(), revision.hash(), revision.at(), Set.of(stage));
      awaitUntil(() -> propagation.last().phase() == InForce.Phase.IN_FORCE);
      Duration inForce = Duration.between(published, propagation.last().since());
      awaitUntil(() -> callers.afterwards.get() >= ENOUGH);
      callers.stop = true;
      for (Future<?> each : asking) {
        each.get();
      }
      return new Trial(
          second,
          List.copyOf(callers.wrong),
          callers.old.get(),
          callers.lastOld,
          callers.afterwards.get(),
          inForce);
    } finally {
      callers.stop = true;
    }
  }

  private void awaitUntil(BooleanSupplier holds) {
    Instant end = clock.instant().plus(LONGEST);
    while (!holds.getAsBoolean()) {
      if (clock.instant().isAfter(end)) {
        throw new AssertionError("still " + propagation.last() + " after " + LONGEST);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static final Permission TOGGLED =
      new Permission(
          new PermissionId("trial"),
          new RoleName("viewer"),
          Effect.ALLOW,
          World.ORDERS,
          StageScope.EVERY,
          Set.of(Action.POST),
          ResourcePattern.parse("/orders/{id}/refunds"),
          Condition.NONE,
          Validity.ALWAYS,
          "");

  private Revision publish(boolean allows) {
    var row = new PolicyRow.OfPermission(TOGGLED);
    Head head = policy.head();
    var result =
        policy.publish(
            new Publication(
                List.of(allows ? Change.add(row) : Change.remove(row)),
                head.revision(),
                head.hash(),
                "ana",
                List.of(),
                "a trial",
                "draft"));
    return ((PublishResult.Published) result).revision();
  }

  /** Ask all the time and compare with what the app says. */
  private final class Callers {
    private final int newAnswer;
    private final long revision;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger old = new AtomicInteger();
    private final AtomicInteger afterwards = new AtomicInteger();
    private volatile Instant published = Instant.MAX;
    private volatile Duration lastOld = Duration.ZERO;
    private volatile boolean stop;

    Callers(int newAnswer, long revision) {
      this.newAnswer = newAnswer;
      this.revision = revision;
    }

    @org.jspecify.annotations.Nullable
    Void ask(Random draws) throws IOException {
      while (!stop) {
        String token = tokens.get(draws.nextInt(TOKENS));
        InForce said = propagation.last();
        Instant asked = clock.instant();
        int status = send("POST", REFUNDS, token);
        if (asked.isAfter(published) && (status == 200 || status == 403)) {
          heard(said, asked, status);
        }
        LockSupport.parkNanos(draws.nextInt(3_000_000));
      }
      return null;
    }

    private synchronized void heard(InForce said, Instant asked, int status) {
      boolean promised =
          said.revision() == revision
              && (said.phase() == InForce.Phase.IN_FORCE || asked.isAfter(said.by()));
      if (promised) {
        afterwards.incrementAndGet();
      }
      if (status == newAnswer) {
        return;
      }
      old.incrementAndGet();
      lastOld = Duration.between(published, asked);
      if (promised) {
        wrong.add("asked at " + asked + " for " + status + " after " + said);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    door.stop(0);
    twin.close();
    client.close();
  }
}
