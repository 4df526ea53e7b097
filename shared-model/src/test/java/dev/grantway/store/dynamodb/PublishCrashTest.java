package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publication;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.store.Head;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A publish of 200 changes over 40 slices that is killed, or paused, at each of its writes: head is
 * old or new and nothing else is ever visible (REV-01, REV-02).
 */
class PublishCrashTest {
  private static final int ROLES = 40;
  private static final int EACH = 5;
  private static final Duration PAST_DEADLINE = Duration.ofMinutes(16);
  private static final Duration PAST_MARGIN = Duration.ofHours(25);
  private static final int ENDS = 5;
  private static final int STRIDE = 4;

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private Effect effect = Effect.ALLOW;

  @BeforeEach
  void publishTheWorld() {
    var changes = new ArrayList<Change>();
    changes.add(add(api("a")));
    changes.add(add(role("bystander")));
    for (int r = 0; r < ROLES; r++) {
      changes.add(add(role("r" + r)));
      for (int p = 0; p < EACH; p++) {
        changes.add(add(permission(r, p, effect)));
      }
    }
    publish(repository, changes);
  }

  @AfterEach
  void close() {
    table.close();
  }

  private static Permission permission(int role, int index, Effect effect) {
    return SamplePolicy.permission("p" + role + "-" + index, "r" + role, "a", effect, "/x");
  }

  /** All 200 permissions from ALLOW to DENY or back. */
  private Publication turn() {
    Effect other = effect == Effect.ALLOW ? Effect.DENY : Effect.ALLOW;
    var changes = new ArrayList<Change>();
    for (int r = 0; r < ROLES; r++) {
      for (int p = 0; p < EACH; p++) {
        changes.add(
            Change.alter(
                new PolicyRow.OfPermission(permission(r, p, effect)),
                new PolicyRow.OfPermission(permission(r, p, other))));
      }
    }
    return publication(repository, changes);
  }

  private int writesOfOnePublish() {
    var counter = new Crash.Counter();
    assertThat(table.repository(clock, counter).publish(turn()))
        .isInstanceOf(PublishResult.Published.class);
    effect = other();
    return counter.count;
  }

  private Effect other() {
    return effect == Effect.ALLOW ? Effect.DENY : Effect.ALLOW;
  }

  /** What an authorizer sees at a head; torn or mixed answers fail. */
  private Map<String, Slice> seen(Head head) {
    var reader = table.reader();
    var slices = new TreeMap<String, Slice>();
    for (int r = 0; r < ROLES; r++) {
      String role = "r" + r;
      reader.slice(name(role), id("a"), head).value().ifPresent(it -> slices.put(role, it));
    }
    return slices;
  }

  private Effect effectSeen(Head head) {
    List<Effect> effects =
        seen(head).values().stream()
            .flatMap(slice -> slice.permissions().stream())
            .map(Permission::effect)
            .toList();
    assertThat(effects).hasSize(ROLES * EACH);
    assertThat(effects.stream().distinct()).as("all old or all new").hasSize(1);
    return effects.getFirst();
  }

  private boolean die(int write) {
    try {
      table.repository(clock, Crash.before(write)).publish(turn());
      return false;
    } catch (Crash expected) {
      return true;
    }
  }

  /** The first and the last writes, which differ most, and a quarter of those between. */
  private static List<Integer> some(int writes) {
    int from = new Random(seed()).nextInt(STRIDE);
    return IntStream.range(0, writes)
        .filter(write -> write < ENDS || write >= writes - ENDS || write % STRIDE == from)
        .boxed()
        .toList();
  }

  private static List<Integer> every(int writes) {
    return IntStream.range(0, writes).boxed().toList();
  }

  @Test
  void killedAtAnyWriteAndOvertakenItLeavesNothing() {
    killedAndOvertaken(some(writesOfOnePublish()));
  }

  /** Takes long: {@code ./grantway bench worlds}. */
  @Test
  @Tag("bench")
  void killedAtEveryWriteAndOvertakenItLeavesNothing() {
    killedAndOvertaken(every(writesOfOnePublish()));
  }

  private void killedAndOvertaken(List<Integer> writes) {
    int wrongWithoutGaps = 0;
    int bystander = 0;
    var seen = new TreeMap<Long, Effect>();
    for (int write : writes) {
      assertThat(die(write)).isTrue();
      assertThat(effectSeen(repository.head())).as("killed at write " + write).isEqualTo(effect);
      publish(repository, add(allow("b" + bystander++, "bystander", "a")));
      assertThat(effectSeen(repository.head())).as("overtaken at " + write).isEqualTo(effect);
      if (wrongWithoutGaps < 3 && isWrongIgnoringGaps()) {
        wrongWithoutGaps++;
      }
      clock.move(PAST_DEADLINE);
      repository.recover();
      sweepDying(write);
      assertThat(effectSeen(repository.head())).as("swept at " + write).isEqualTo(effect);
      if (write % 6 == 0) {
        seen.put(repository.head().revision(), effect);
      }
    }
    assertThat(wrongWithoutGaps).as("boundaries at which a reader needs the gaps").isPositive();
    clock.move(PAST_MARGIN);
    repository.sweep();
    assertThat(repository.head().gaps()).isEmpty();
    assertThat(effectSeen(repository.head())).isEqualTo(effect);
    seen.forEach(
        (revision, then) ->
            assertThat(effectSeen(repository.head().asOf(revision))).isEqualTo(then));
    noLeftovers();
  }

  @Test
  void killedAtAnyWriteItIsCompletedOrAbandonedAsAWhole() {
    int writes = writesOfOnePublish();
    int completed = 0;
    int abandoned = 0;
    for (int write = 0; write < writes; write++) {
      assertThat(die(write)).isTrue();
      repository.recover();
      assertThat(effectSeen(repository.head())).as("before the deadline").isEqualTo(effect);
      clock.move(PAST_DEADLINE);
      repository.recover();
      Effect now = effectSeen(repository.head());
      if (now == effect) {
        abandoned++;
      } else {
        completed++;
        effect = now;
      }
      publish(repository, add(allow("b" + write, "bystander", "a")));
      assertThat(effectSeen(repository.head())).as("published past " + write).isEqualTo(effect);
      sweepDying(write);
    }
    assertThat(completed).as("sealed before it died").isGreaterThan(ROLES);
    assertThat(abandoned).isPositive();
    clock.move(PAST_MARGIN);
    repository.sweep();
    assertThat(effectSeen(repository.head())).isEqualTo(effect);
    noLeftovers();
  }

  @Test
  void pausedAtAnyWriteAndOvertakenItLoses() {
    pausedAndOvertaken(some(writesOfOnePublish()));
  }

  /** Takes long: {@code ./grantway bench worlds}. */
  @Test
  @Tag("bench")
  void pausedAtEveryWriteAndOvertakenItLoses() {
    pausedAndOvertaken(every(writesOfOnePublish()));
  }

  private void pausedAndOvertaken(List<Integer> writes) {
    for (int write : writes) {
      int index = write;
      var late =
          table.repository(
              clock,
              Crash.at(
                  write,
                  () -> {
                    publish(repository, add(allow("b" + index, "bystander", "a")));
                    if (index % 2 == 1) {
                      repository.sweep();
                      repository.sweep();
                    }
                  }));
      PublishResult result = late.publish(turn());
      assertThat(result).as("paused at " + write).isInstanceOf(PublishResult.Conflict.class);
      assertThat(effectSeen(repository.head())).isEqualTo(effect);
      if (write % 5 == 0) {
        repository.sweep();
      }
    }
    clock.move(PAST_MARGIN);
    repository.sweep();
    publish(repository, add(allow("last", "bystander", "a")));
    repository.sweep();
    assertThat(effectSeen(repository.head())).isEqualTo(effect);
    noLeftovers();
  }

  @Test
  void wokenPastItsDeadlineItSendsNothingMore() {
    int writes = writesOfOnePublish();
    Random random = new Random(seed());
    for (int write = 1; write < writes; write += 1 + random.nextInt(4)) {
      int index = write;
      var late =
          table.repository(
              clock,
              Crash.at(
                  write,
                  () -> {
                    clock.move(PAST_DEADLINE);
                    repository.recover();
                    publish(repository, add(allow("b" + index, "bystander", "a")));
                    repository.sweep();
                    clock.move(PAST_MARGIN);
                    repository.sweep();
                  }));
      PublishResult result = late.publish(turn());
      if (result instanceof PublishResult.Published) {
        // Somebody else completed it while it slept.
        effect = other();
      } else {
        assertThat(result).as("woken at " + write).isInstanceOf(PublishResult.Conflict.class);
      }
      assertThat(effectSeen(repository.head())).as("woken at " + write).isEqualTo(effect);
    }
    publish(repository, add(allow("last", "bystander", "a")));
    clock.move(PAST_DEADLINE);
    clock.move(PAST_MARGIN);
    repository.sweep();
    clock.move(PAST_MARGIN);
    repository.sweep();
    assertThat(effectSeen(repository.head())).isEqualTo(effect);
    noLeftovers();
  }

  @Test
  void wokenPastItsDeadlineOnAnUnmovedHeadItIsRefusedByName() {
    int writes = writesOfOnePublish();
    for (int write = 1; write < writes; write += 9) {
      long revision = repository.head().revision();
      var late = table.repository(clock, Crash.at(write, () -> clock.move(PAST_DEADLINE)));
      var refused = (PublishResult.Refused) late.publish(turn());
      assertThat(refused.findings()).extracting(Refusal::code).containsExactly("too-late");
      assertThat(refused.findings().getFirst().message())
          .startsWith("publishing took longer than 900 s, until 2026-")
          .endsWith("nothing was applied and revision " + revision + " is in force; publish again");
      assertThat(effectSeen(repository.head())).as("woken at " + write).isEqualTo(effect);
      repository.recover();
      assertThat(effectSeen(repository.head())).as("recovered " + write).isEqualTo(effect);
    }
  }

  @Test
  void whoCompletesAnAttemptAndSleepsSendsNothingMore() {
    int writes = writesOfOnePublish();
    for (int write = 1; write < ROLES; write += 7) {
      int index = write;
      assertThat(die(writes - 2)).as("sealed, and all but the flip written").isTrue();
      clock.move(PAST_DEADLINE);
      var late =
          table.repository(
              clock,
              Crash.at(
                  write,
                  () -> {
                    if (index % 2 == 0) {
                      clock.move(PAST_DEADLINE);
                      repository.recover();
                      effect = effectSeen(repository.head());
                    }
                    publish(repository, add(allow("b" + index, "bystander", "a")));
                    clock.move(PAST_DEADLINE);
                    repository.sweep();
                    clock.move(PAST_MARGIN);
                    repository.sweep();
                  }));
      late.recover();
      assertThat(effectSeen(repository.head())).as("woken at " + write).isEqualTo(effect);
      noLeftovers();
    }
  }

  /** Sweeps with a process that dies every few writes until one comes through. */
  private void sweepDying(int salt) {
    for (int survived = 3 + salt % 5; ; survived += 20) {
      try {
        table.repository(clock, Crash.before(survived)).sweep();
        return;
      } catch (Crash again) {
        effectSeen(repository.head());
      }
    }
  }

  private boolean isWrongIgnoringGaps() {
    Head head = repository.head();
    var blind =
        new Head(
            head.revision(),
            head.hash(),
            head.at(),
            new TreeSet<>(),
            head.floor(),
            head.touched(),
            head.epoch());
    try {
      return effectSeen(blind) != effect;
    } catch (AssertionError | StoreException mixed) {
      return true;
    }
  }

  /** Nothing of a number that never committed is left but the record that explains it. */
  private void noLeftovers() {
    Head head = repository.head();
    assertThat(head.gaps()).as("gaps below head").allMatch(gap -> gap > head.revision());
    var committed = new TreeSet<Long>();
    for (long n = head.revision(); n > 0; n = record(n)) {
      committed.add(n);
    }
    for (Item item : table.everything()) {
      if (item.has("from")) {
        assertThat(committed).as(item.pk() + " " + item.sk()).contains(item.number("from"));
      }
      if (item.pk().startsWith("LOG#") && !item.sk().equals(Keys.ATTEMPT)) {
        long number = Long.parseLong(item.pk().substring(4));
        assertThat(committed).as(item.pk() + " " + item.sk()).contains(number);
      }
      if (item.pk().equals(Keys.INSTANTS)) {
        assertThat(committed).as(item.sk()).contains(item.number("n"));
      }
      if (item.pk().equals(Keys.REVISIONS)) {
        assertThat(committed).as(item.sk()).contains(Long.parseLong(item.sk()));
      }
    }
  }

  private long record(long number) {
    return repository
        .revision(number)
        .map(revision -> revision.base())
        .orElseGet(() -> fail("revision " + number + " has no record"));
  }

  private static long seed() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("PublishCrashTest seed " + seed);
    return seed;
  }
}
