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

import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.AsOf;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import dev.grantway.store.Slice;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishers, recoverers and readers at the same time (REV-03, REV-08). */
class RaceTest {
  private static final int ROLES = 10;

  private final LocalTable table = new LocalTable();

  @AfterEach
  void close() {
    table.close();
  }

  /** One permission in each role whose note counts. */
  private static Permission counting(int role, long count) {
    Permission plain = allow("p" + role, "r" + role, "a");
    return new Permission(
        plain.id(),
        plain.role(),
        plain.effect(),
        plain.api(),
        plain.stage(),
        plain.actions(),
        plain.resource(),
        Condition.NONE,
        Validity.ALWAYS,
        Long.toString(count));
  }

  private static void publishZero(DynamoPolicyRepository repository) {
    var changes = new ArrayList<Change>();
    changes.add(add(api("a")));
    for (int r = 0; r < ROLES; r++) {
      changes.add(add(role("r" + r)));
      changes.add(add(counting(r, 0)));
    }
    publish(repository, changes);
  }

  private static long count(Slice slice) {
    return Long.parseLong(slice.permissions().getFirst().note());
  }

  private int countUp(DynamoPolicyRepository repository, int times) {
    int won = 0;
    for (int i = 0; i < times; i++) {
      AsOf base = repository.live();
      long count = count(base.slice(name("r0"), id("a")).orElseThrow());
      var changes = new ArrayList<Change>();
      for (int r = 0; r < ROLES; r++) {
        changes.add(
            Change.alter(
                new PolicyRow.OfPermission(counting(r, count)),
                new PolicyRow.OfPermission(counting(r, count + 1))));
      }
      var mine = new Publication(changes, base.revision(), base.hash(), "ana", List.of(), "", "");
      if (repository.publish(mine) instanceof PublishResult.Published) {
        won++;
      }
    }
    return won;
  }

  private int readUntil(AtomicBoolean stop) {
    var reader = table.reader();
    int read = 0;
    while (!stop.get() || read == 0) {
      Head head = reader.head();
      var counts = new HashSet<Long>();
      for (int r = 0; r < ROLES; r++) {
        counts.add(count(reader.slice(name("r" + r), id("a"), head).value().orElseThrow()));
      }
      assertThat(counts).as("slices at revision " + head.revision()).hasSize(1);
      read++;
    }
    return read;
  }

  @Test
  void noUpdateIsLostAndNoReaderSeesAMixture() throws Exception {
    publishZero(table.repository(Clock.systemUTC()));
    var stop = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(3)) {
      Future<Integer> reader = threads.submit(() -> readUntil(stop));
      List<Callable<Integer>> publishers =
          List.of(
              () -> countUp(table.repository(Clock.systemUTC()), 25),
              () -> countUp(table.repository(Clock.systemUTC()), 25));
      int won = 0;
      for (Future<Integer> publisher : threads.invokeAll(publishers)) {
        won += publisher.get();
      }
      stop.set(true);
      assertThat(reader.get()).isPositive();
      var live = table.repository(Clock.systemUTC()).live();
      assertThat(count(live.slice(name("r0"), id("a")).orElseThrow())).isEqualTo(won);
      System.out.println("RaceTest: " + won + " of 50 won, read " + reader.get() + " times");
    }
  }

  /** A sample; all of them by {@code ./grantway bench store}. */
  @Test
  void ofTwoPublishersOneWinsAndTheOtherIsToldTheRows() throws Exception {
    races(50);
  }

  @Test
  @Tag("bench")
  void ofTwoPublishersOneWinsAndTheOtherIsToldTheRowsAThousandTimes() throws Exception {
    races(1_000);
  }

  private void races(int times) throws Exception {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("RaceTest seed " + seed);
    var random = new Random(seed);
    var repository = table.repository(Clock.systemUTC());
    publishZero(repository);
    var counts = new long[ROLES];
    int overlapping = 0;
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (int race = 0; race < times; race++) {
        List<Set<Integer>> rows = List.of(someRows(random), someRows(random));
        var start = new CyclicBarrier(2);
        List<Future<PublishResult>> results = new ArrayList<>();
        for (int who = 0; who < 2; who++) {
          Publication raise = publication(repository, raise(rows.get(who), counts, 1 + who));
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    return table.repository(Clock.systemUTC()).publish(raise);
                  }));
        }
        boolean firstWon = results.getFirst().get() instanceof PublishResult.Published;
        Set<Integer> won = rows.get(firstWon ? 0 : 1);
        Set<Integer> lost = rows.get(firstWon ? 1 : 0);
        assertThat(results.get(firstWon ? 0 : 1).get())
            .as("race " + race)
            .isInstanceOf(PublishResult.Published.class);
        won.forEach(row -> counts[row] += firstWon ? 1 : 2);
        var both = new TreeSet<>(lost);
        both.retainAll(won);
        overlapping += both.isEmpty() ? 0 : 1;
        toldExactly(both, (PublishResult.Conflict) results.get(firstWon ? 1 : 0).get(), counts);
        // The loser tries again on head, and no raise of either is lost.
        publish(repository, raise(lost, counts, firstWon ? 2 : 1));
        lost.forEach(row -> counts[row] += firstWon ? 2 : 1);
        if (race % 10 == 0) {
          countsAre(counts);
        }
      }
    }
    countsAre(counts);
    System.out.println(
        "RaceTest: " + times + " races, of which " + overlapping + " on rows of both");
    assertThat(overlapping).isBetween(times / 10, times - times / 10);
  }

  private static Set<Integer> someRows(Random random) {
    var rows = new TreeSet<Integer>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rows.add(random.nextInt(ROLES));
    }
    return rows;
  }

  /** The same edit by two would be no dispute: each raises by another step. */
  private static List<Change> raise(Set<Integer> rows, long[] counts, int step) {
    return rows.stream()
        .map(
            row ->
                Change.alter(
                    new PolicyRow.OfPermission(counting(row, counts[row])),
                    new PolicyRow.OfPermission(counting(row, counts[row] + step))))
        .toList();
  }

  /** The rows that both changed, each with what it is now, and no other. */
  private void toldExactly(Set<Integer> both, PublishResult.Conflict told, long[] now) {
    assertThat(told.head()).isEqualTo(table.reader().head().revision());
    assertThat(told.disputes()).hasSize(both.size());
    for (int row : both) {
      var there = new PolicyRow.OfPermission(counting(row, now[row]));
      assertThat(told.disputes())
          .anySatisfy(
              dispute -> {
                assertThat(dispute.mine().key()).isEqualTo(there.key());
                assertThat(dispute.theirs()).contains(there);
              });
    }
  }

  private void countsAre(long[] counts) {
    AsOf live = table.repository(Clock.systemUTC()).live();
    for (int row = 0; row < ROLES; row++) {
      assertThat(count(live.slice(name("r" + row), id("a")).orElseThrow()))
          .as("row " + row)
          .isEqualTo(counts[row]);
    }
  }

  @Test
  void theLoserIsToldTheRowsInDispute() {
    var repository = table.repository(Clock.systemUTC());
    publishZero(repository);
    var change =
        Change.alter(
            new PolicyRow.OfPermission(counting(3, 0)), new PolicyRow.OfPermission(counting(3, 7)));
    var mine = publication(repository, change, add(role("other")));
    publish(
        repository,
        Change.alter(
            new PolicyRow.OfPermission(counting(3, 0)),
            new PolicyRow.OfPermission(counting(3, 9))));
    var conflict = (PublishResult.Conflict) repository.publish(mine);
    assertThat(conflict.disputes()).hasSize(1);
    assertThat(conflict.disputes().getFirst().mine()).isEqualTo(change);
    assertThat(conflict.disputes().getFirst().theirs())
        .contains(new PolicyRow.OfPermission(counting(3, 9)));
  }

  @Test
  void processesThatRecoverTheSameAttemptMakeOneRevision() throws Exception {
    var clock = new TestClock();
    publishZero(table.repository(clock));
    for (int write = 6; write < 14; write++) {
      Head before = table.reader().head();
      try {
        countUp(table.repository(clock, Crash.before(write)), 1);
      } catch (Crash expected) {
        clock.move(Duration.ofMinutes(16));
      }
      var start = new CountDownLatch(1);
      try (var threads = Executors.newFixedThreadPool(3)) {
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < 3; i++) {
          all.add(
              threads.submit(
                  () -> {
                    start.await();
                    table.repository(clock).recover();
                    return null;
                  }));
        }
        start.countDown();
        for (Future<?> one : all) {
          one.get();
        }
      }
      Head after = table.reader().head();
      assertThat(after.revision()).as("write " + write).isEqualTo(before.revision() + 1);
      assertThat(readUntil(new AtomicBoolean(true))).isEqualTo(1);
      assertThat(table.repository(clock).revision(after.revision()).orElseThrow().hash())
          .isEqualTo(after.hash());
    }
  }

  @Test
  void aFlipWhoseAnswerWasLostIsRecognised() {
    var clock = new TestClock();
    var repository = table.repository(clock);
    publishZero(repository);
    var deaf = new DynamoPolicyRepository(table.losingFlipAnswers(), table.name, clock);
    assertThat(countUp(deaf, 1)).isEqualTo(1);
    assertThat(repository.head().revision()).isEqualTo(2);
  }

  @Test
  void aPutThatIsRepeatedAfterItsAnswerWasLostIsOurs() {
    var clock = new TestClock();
    publishZero(table.repository(clock));
    var deaf = new DynamoPolicyRepository(table.repeatingPuts(), table.name, clock);
    assertThat(countUp(deaf, 1)).isEqualTo(1);
    assertThat(deaf.head().revision()).isEqualTo(2);
    DraftRepository drafts = deaf.drafts();
    Draft draft = drafts.create("spring", "ana");
    var step = new DraftStep.Undo(clock.instant(), "ana");
    assertThat(drafts.append(draft, step)).isInstanceOf(DraftRepository.Appended.Stored.class);
    assertThat(drafts.append(draft, step))
        .as("the same step again, by somebody who has not seen the first")
        .isInstanceOf(DraftRepository.Appended.Stale.class);
  }

  @Test
  void revocationsAndPublishesDoNotDisturbEachOther() throws Exception {
    publishZero(table.repository(Clock.systemUTC()));
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> publisher =
          threads.submit(() -> countUp(table.repository(Clock.systemUTC()), 10));
      Future<Integer> revoker =
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  table.repository(Clock.systemUTC()).revoke(DraftsTest.revocation("t" + i));
                }
                return 10;
              });
      assertThat(publisher.get()).isEqualTo(10);
      assertThat(revoker.get()).isEqualTo(10);
    }
    Head head = table.reader().head();
    assertThat(head.epoch()).isEqualTo(10);
    assertThat(table.reader().revocations(4)).extracting(it -> it.value()).hasSize(6);
    assertThat(head.revision()).isEqualTo(11);
  }
}
