package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.publication;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.revision.Change;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.AsOf;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random revisions with dead and lost attempts between them: as of each of them everything is
 * decided as it was when it was live, also while sweep and retention are at work; below the floor
 * the question is refused (REV-04, REV-07).
 */
class HistoryTest {
  private static final int SAMPLE = 30;
  private static final int PATHS = 100;
  private static final int ASKED_A_FLOOR = 3;
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final SortedMap<Long, Map<String, Decision>> live = new TreeMap<>();
  private Random random = new Random();
  private int dead;
  private int lost;

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void everyRevisionIsDecidedAsItWasWhenItWasLive() throws Exception {
    decidedAlikeAfter(SAMPLE);
  }

  /** {@code ./grantway bench store}. */
  @Test
  @Tag("bench")
  void everyOneOfThreeHundredRevisionsIsDecidedAsItWasWhenItWasLive() throws Exception {
    decidedAlikeAfter(300);
  }

  private void decidedAlikeAfter(int revisions) throws Exception {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("HistoryTest seed " + seed);
    random = new Random(seed);
    var edits = new RandomEdits(random);
    publish(repository, RandomEdits.frame());
    remember();
    while (live.size() < revisions) {
      clock.move(Duration.ofMinutes(random.nextInt(3)));
      List<Change> changes = edits.changes(repository.live());
      if (changes.isEmpty()) {
        continue;
      }
      switch (dead == 0 ? 0 : lost == 0 ? 1 : random.nextInt(6)) {
        case 0 -> die(changes);
        case 1 -> lose(changes);
        default -> repository.publish(publication(repository, changes));
      }
      remember();
    }
    assertThat(dead).isPositive();
    assertThat(lost).isPositive();
    assertThat(asOfEach()).as("refused of " + live.size()).isZero();
    whileSweepAndRetentionWork();
    System.out.println(
        "HistoryTest: " + live.size() + " revisions, " + dead + " dead, " + lost + " lost");
  }

  /** A publisher that dies; later it may be completed, or abandoned, or just overtaken. */
  private void die(List<Change> changes) {
    try {
      table
          .repository(clock, Crash.before(1 + random.nextInt(12)))
          .publish(publication(repository, changes));
    } catch (Crash expected) {
      dead++;
      if (random.nextBoolean()) {
        clock.move(Duration.ofMinutes(16));
        repository.recover();
      }
    }
  }

  /** A publisher that another overtakes while it writes. */
  private void lose(List<Change> changes) {
    String id = "overtaking-" + lost;
    Runnable overtake =
        () -> {
          publish(repository, add(SamplePolicy.allow(id, "authenticated", "a")));
          remember();
        };
    PublishResult result =
        table
            .repository(clock, Crash.at(1 + random.nextInt(5), overtake))
            .publish(publication(repository, changes));
    if (result instanceof PublishResult.Conflict) {
      lost++;
    }
  }

  private void remember() {
    Head head = table.reader().head();
    live.computeIfAbsent(head.revision(), it -> decisions(readAt(head)));
  }

  private BiFunction<RoleName, ApiId, Optional<Slice>> readAt(Head head) {
    PolicyReader reader = table.reader();
    return (role, api) -> reader.slice(role, api, head).value();
  }

  /** What each role may call, as an authorizer puts it together from slices. */
  private static Map<String, Decision> decisions(
      BiFunction<RoleName, ApiId, Optional<Slice>> slices) {
    var decisions = new TreeMap<String, Decision>();
    for (int r = 0; r < RandomEdits.NAMES; r++) {
      for (ApiId api : RandomEdits.APIS) {
        var role = new RoleName("r" + r);
        Set<RoleName> roles = new HashSet<>(Set.of(role, RoleName.AUTHENTICATED));
        slices.apply(role, api).ifPresent(slice -> roles.addAll(slice.closure()));
        var permissions = new ArrayList<Permission>();
        roles.forEach(
            it -> slices.apply(it, api).ifPresent(got -> permissions.addAll(got.permissions())));
        for (int path = 0; path < PATHS; path++) {
          decisions.put(
              role + " " + api + " /x" + path,
              Decisions.decide(request(api, roles, "/x" + path), permissions));
        }
      }
    }
    return decisions;
  }

  private static AccessRequest request(ApiId api, Set<RoleName> roles, String path) {
    return new AccessRequest(
        api,
        "prod",
        Action.GET,
        RequestPath.of(path),
        null,
        new Principal("corp", "alice", "", Set.of(), roles, Map.of(), Set.of()),
        RequestContext.at(NOW));
  }

  /** How many revisions were refused; every other is decided as it was. */
  private int asOfEach() {
    return (int) live.keySet().stream().filter(this::isRefused).count();
  }

  /** Whether it is below the floor; if not, it is decided as it was. */
  private boolean isRefused(long revision) {
    long floor = repository.head().floor();
    try {
      AsOf then = repository.asOf(revision).orElseThrow();
      assertThat(decisions(then::slice)).as("as of " + revision).isEqualTo(live.get(revision));
      assertThat(floor).as("answered " + revision).isLessThanOrEqualTo(revision);
      return false;
    } catch (StoreException.NotKept below) {
      assertThat(repository.head().floor()).as("refused " + revision).isGreaterThan(revision);
      return true;
    }
  }

  /**
   * Asks about revisions near the floor, while it is raised past most of them and the leftovers of
   * dead and lost attempts are swept.
   */
  private void whileSweepAndRetentionWork() throws Exception {
    clock.move(Duration.ofHours(30));
    publish(repository, add(SamplePolicy.allow("last", "authenticated", "a")));
    List<Long> floors = live.keySet().stream().limit(live.size() * 3L / 4).toList();
    var asked = new AtomicInteger();
    var raised = new AtomicInteger();
    var stop = new AtomicBoolean();
    int refused = 0;
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> sweeper = threads.submit(() -> sweepUntil(stop));
      Future<?> retainer = threads.submit(() -> keepFromEach(floors, asked, raised, stop));
      int questions = ASKED_A_FLOOR * floors.size();
      try {
        for (int question = 0; question < questions; question++) {
          asked.incrementAndGet();
          awaitRaised(raised, question / ASKED_A_FLOOR - 1, retainer);
          int near = question / ASKED_A_FLOOR + random.nextInt(-2, 3);
          refused += isRefused(floors.get(Math.clamp(near, 0, floors.size() - 1))) ? 1 : 0;
        }
      } finally {
        stop.set(true);
      }
      retainer.get();
      assertThat(sweeper.get()).isPositive();
      assertThat(refused).isBetween(1, questions - 1);
    }
    assertThat(asOfEach()).isEqualTo(floors.size() - 1);
    System.out.println("HistoryTest: " + refused + " questions refused while retention worked");
  }

  private int sweepUntil(AtomicBoolean stop) {
    int sweeps = 0;
    while (!stop.get() || sweeps == 0) {
      table.repository(clock).sweep();
      sweeps++;
    }
    return sweeps;
  }

  /** Questions near the floor find it there, however slowly it is raised. */
  private static void awaitRaised(AtomicInteger raised, int floors, Future<?> retainer) {
    while (raised.get() < floors && !retainer.isDone()) {
      Thread.onSpinWait();
    }
  }

  /** Raises the floor step by step, as the questions come on. */
  private void keepFromEach(
      List<Long> floors, AtomicInteger asked, AtomicInteger raised, AtomicBoolean stop) {
    for (int i = 0; i < floors.size(); i++) {
      while (asked.get() < i * ASKED_A_FLOOR && !stop.get()) {
        Thread.onSpinWait();
      }
      table.repository(clock).keepFrom(floors.get(i));
      raised.incrementAndGet();
    }
  }
}
