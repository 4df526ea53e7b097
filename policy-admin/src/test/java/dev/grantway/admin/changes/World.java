package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.AdminSettings;
import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.activity.Restored;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.security.Operators;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.AsOf;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.KnownOperator;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sample policy in memory, a clock that is set, caches that remember their flushes. */
public final class World {
  public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration FIVE_MINUTES = Duration.ofSeconds(300);
  public static final ApiId ORDERS = new ApiId("a1b2c3d4e5");

  private record Task(Instant when, Runnable what) {}

  public final TestClock clock = new TestClock();
  public final SignedIn operators = new SignedIn();
  public final List<String> flushed = new CopyOnWriteArrayList<>();
  public final AdminSettings settings =
      new AdminSettings(
          "grantway",
          "sub",
          "",
          "",
          "",
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300));

  /** What was recorded; {@link #activityLog} is the same as services see it. */
  public final InMemoryActivity log = new InMemoryActivity(clock);

  public final ActivityLog activityLog;
  public final Activity activity;
  public final Kept checkpoints = new Kept();
  public final PolicyRepository repository;
  public final ChangesService changes;
  public final ApprovalService approvals;
  public final PublishService publishes;
  final ScheduledPublishes scheduled;
  final Propagation propagation;

  private final List<Task> tasks = new ArrayList<>();
  private final DraftRepository drafts;
  private PolicyRepository target;
  private boolean flushes = true;
  private boolean logFails;
  private @Nullable StoreException outage;
  private Runnable beforeNextStep = () -> {};
  private Runnable whenAsked = () -> {};
  private Runnable whenTold = () -> {};

  public World() {
    this(sample());
  }

  public World(Policy policy) {
    this(policy, List.of());
  }

  /** The same with tests, which name APIs as files do. */
  public World(Policy policy, List<PolicyTest> tests) {
    this(clock -> InMemoryPolicy.of(policy, tests, clock));
  }

  /** The same on a table. */
  public World(PolicyRepository table) {
    this(clock -> table);
  }

  private World(Function<Clock, PolicyRepository> made) {
    target = made.apply(clock);
    repository = proxy(PolicyRepository.class, () -> target);
    drafts = proxy(DraftRepository.class, () -> target.drafts());
    activityLog = proxy(ActivityLog.class, () -> log);
    activity = new Activity(activityLog, operators);
    Later later = (when, task) -> tasks.add(new Task(when, task));
    propagation =
        new Propagation(
            this::flush, new ReportedInstances(repository), later, clock, activity, settings);
    var all = new Drafts(repository, clock);
    var reviews = new Reviews(repository, all);
    var underWay = new PublishesUnderWay();
    var publisher =
        new DraftPublisher(
            repository, all, reviews, propagation, activity, later, checkpoints, underWay);
    changes =
        new ChangesService(
            repository,
            operators,
            all,
            reviews,
            new Lookout(repository, propagation, later, clock),
            activity);
    approvals = new ApprovalService(operators, all, reviews, activity);
    publishes =
        new PublishService(repository, operators, all, reviews, publisher, activity, underWay);
    scheduled = new ScheduledPublishes(repository, all, reviews, publisher);
    operators.hears(
        it ->
            target
                .operators()
                .seen(
                    new KnownOperator(
                        it.name(),
                        it.fullName(),
                        it.rights().stream().map(OperatorRight::text).collect(Collectors.toSet()),
                        clock.instant())));
  }

  /** Publishes the draft that the operator edits. */
  public Outcome publish(String hash, String reason) {
    String id = target.drafts().chosen(operators.current().name()).orElse("");
    return publishes.publish(id, hash, reason);
  }

  public static Policy sample() {
    return ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();
  }

  /** Publishes as the commands do, past the app. */
  public void behind(Change... changes) {
    AsOf base = repository.live();
    assertThat(
            repository.publish(
                new Publication(
                    List.of(changes), base.revision(), base.hash(), "file", List.of(), "why", "")))
        .isInstanceOf(PublishResult.Published.class);
  }

  private boolean flush(Propagation.Stage stage) {
    flushed.add(
        stage.api()
            + "/"
            + stage.name()
            + " "
            + Duration.between(START, clock.instant()).toSeconds());
    return flushes;
  }

  public void flushesFail(boolean fail) {
    flushes = !fail;
  }

  /** From now on nothing can be recorded in the activity log, though the table answers. */
  public void logFails(boolean fail) {
    logFails = fail;
  }

  /** From now on the table does not answer; null: it does again. */
  public void tableFails(@Nullable StoreException failure) {
    outage = failure;
  }

  /** What happens after every line of the audit trail that is read. */
  public void whenTold(Runnable what) {
    whenTold = what;
  }

  public void told() {
    whenTold.run();
  }

  /** What happens at every question to the table. */
  public void whenAsked(Runnable what) {
    whenAsked = what;
  }

  /** What somebody else does just before the next step of a draft is stored. */
  public void beforeNextStep(Runnable what) {
    beforeNextStep = what;
  }

  /** The sample policy again, as it was, in a table that answers. */
  public void reset() {
    List<KnownOperator> known = target.operators().all();
    target = InMemoryPolicy.of(sample(), clock);
    known.forEach(target.operators()::seen);
    outage = null;
    operators.is("ana", OperatorRight.EDITOR);
  }

  /** An instance of the authorizer reports itself, for the stage {@code prod}. */
  public void heartbeat(String instance, boolean live, @Nullable Instant observeUntil) {
    heartbeat(instance, 1, live, observeUntil);
  }

  public void heartbeat(
      String instance, long revision, boolean live, @Nullable Instant observeUntil) {
    report(
        instance,
        revision,
        live,
        "token+route",
        FIVE_MINUTES,
        8_192,
        Optional.ofNullable(observeUntil),
        Set.of(Set.of(new RoleName("viewer")), Set.of(new RoleName("clerk"))));
  }

  /** An instance for the stage {@code prod} that was told that TTL. */
  public void heartbeat(String instance, Duration cacheTtl) {
    report(instance, 1, true, "token+route", cacheTtl, 8_192, Optional.empty(), Set.of());
  }

  /** An instance for the stage {@code prod} that caches under that key. */
  public void heartbeat(String instance, String cacheKey, int bytes, Set<Set<RoleName>> roleSets) {
    Duration cacheTtl = cacheKey.equals("none") ? Duration.ZERO : FIVE_MINUTES;
    report(instance, 1, true, cacheKey, cacheTtl, bytes, Optional.empty(), roleSets);
  }

  private void report(
      String instance,
      long revision,
      boolean live,
      String cacheKey,
      Duration cacheTtl,
      int bytes,
      Optional<Instant> observeUntil,
      Set<Set<RoleName>> roleSets) {
    ((Heartbeats) target)
        .report(
            new Heartbeat(
                instance,
                ORDERS.value(),
                "prod",
                clock.instant(),
                revision,
                live,
                cacheKey,
                cacheTtl,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                bytes,
                observeUntil,
                roleSets));
  }

  /** Lets time pass and does what becomes due, in its order. */
  public void pass(Duration time) {
    Instant end = clock.now.plus(time);
    while (true) {
      var due =
          tasks.stream()
              .filter(task -> !task.when().isAfter(end))
              .min(Comparator.comparing(Task::when));
      if (due.isEmpty()) {
        break;
      }
      tasks.remove(due.get());
      if (due.get().when().isAfter(clock.now)) {
        clock.now = due.get().when();
      }
      due.get().what().run();
    }
    clock.now = end;
  }

  public Api api() {
    return repository.live().api(ORDERS).orElseThrow();
  }

  public Permission permission(String role, String id, String method, String resource) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        Effect.ALLOW,
        ORDERS,
        dev.grantway.policy.StageScope.EVERY,
        Set.of(dev.grantway.resource.Action.valueOf(method)),
        dev.grantway.resource.ResourcePattern.parse(resource),
        dev.grantway.policy.Condition.NONE,
        dev.grantway.policy.Validity.ALWAYS,
        "");
  }

  /** The same, which denies. */
  public Permission denial(String role, String id, String method, String resource) {
    Permission it = permission(role, id, method, resource);
    return new Permission(
        it.id(),
        it.role(),
        Effect.DENY,
        it.api(),
        it.stage(),
        it.actions(),
        it.resource(),
        it.condition(),
        it.validity(),
        it.note());
  }

  private <T> T proxy(Class<T> type, Supplier<T> real) {
    return type.cast(
        Proxy.newProxyInstance(
            World.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              whenAsked.run();
              fail();
              if (logFails && type == ActivityLog.class) {
                throw new StoreException.Unavailable("the log is down", null);
              }
              if (type == DraftRepository.class && method.getName().equals("append")) {
                Runnable first = beforeNextStep;
                beforeNextStep = () -> {};
                first.run();
              }
              return method.getName().equals("drafts")
                  ? drafts
                  : invoke(real.get(), method, arguments);
            }));
  }

  private void fail() {
    StoreException failure = outage;
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable Object invoke(
      Object real, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  /** Counts the checkpoints; the table has lost what the test says. */
  public static final class Kept implements Checkpoints {
    public int taken;
    public Optional<Restored> restored = Optional.empty();
    public boolean copied;

    @Override
    public Optional<String> take() {
      taken++;
      return Optional.empty();
    }

    @Override
    public Optional<Restored> restored() {
      return restored;
    }

    @Override
    public Set<String> keys() {
      return Set.of();
    }

    @Override
    public boolean isCopied() {
      return copied;
    }

    @Override
    public List<SignedCheckpoint> copies() {
      return List.of();
    }
  }

  /** Whoever the test says is signed in. */
  public static final class SignedIn implements Operators {
    private Operator operator = operator("ana", OperatorRight.EDITOR);
    private Consumer<Operator> seen = it -> {};

    public void is(String name, OperatorRight... rights) {
      operator = operator(name, rights);
      seen.accept(operator);
    }

    void hears(Consumer<Operator> other) {
      seen = other;
      seen.accept(operator);
    }

    private static Operator operator(String name, OperatorRight... rights) {
      return new Operator(name, name, Set.of(rights));
    }

    @Override
    public Operator current() {
      return operator;
    }
  }

  /** A clock that stands still until it is set. */
  public static final class TestClock extends Clock {
    Instant now = START;

    public void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
