package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.store.AsOf;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention never changes an answer: what is kept is right, what is not is refused (REV-07). */
class RetentionTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final SortedMap<Long, Policy> policies = new TreeMap<>();

  @BeforeEach
  void publishThirtyRevisions() {
    publish(repository, SamplePolicy.world(5));
    for (int i = 0; i < 30; i++) {
      publish(
          repository,
          i % 3 == 2
              ? remove(allow("x" + (i - 1), "r" + (i - 1) % 5, "a"))
              : add(allow("x" + i, "r" + i % 5, "a")));
      policies.put(repository.head().revision(), repository.live().policy());
    }
    clock.move(Duration.ofHours(25));
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void whatIsAboveTheFloorStaysAndWhatIsBelowIsRefused() {
    AsOf old = repository.asOf(5).orElseThrow();
    int before = table.everything().size();
    repository.keepFrom(20);
    assertThat(table.everything().size()).isLessThan(before);
    policies.forEach(
        (revision, policy) -> {
          AsOf then = repository.asOf(revision).orElseThrow();
          if (revision < 20) {
            assertThatThrownBy(then::policy).isInstanceOf(StoreException.NotKept.class);
          } else {
            assertThat(then.policy()).isEqualTo(policy);
          }
        });
    assertThatThrownBy(() -> old.permissions(name("r0")))
        .isInstanceOf(StoreException.NotKept.class);
    assertThat(repository.revisions("", 100).items()).as("records stay").hasSize(31);
  }

  @Test
  void whatInstancesMayStillReadIsKept() {
    publish(repository, add(allow("young", "r0", "a")));
    long head = repository.head().revision();
    assertThatThrownBy(() -> repository.keepFrom(head))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("younger than a day");
    assertThat(repository.head().floor()).isZero();
  }

  @Test
  void retentionPassesNumbersThatNeverCommittedAndWereForgotten() {
    for (int write = 2; write < 6; write++) {
      int dead = write;
      assertThatThrownBy(
              () ->
                  publish(
                      table.repository(clock, Crash.before(dead)),
                      add(allow("dead" + dead, "r0", "a"))))
          .isInstanceOf(Crash.class);
      publish(repository, add(allow("after" + dead, "r0", "a")));
    }
    clock.move(Duration.ofHours(25));
    repository.sweep();
    assertThat(repository.head().gaps()).as("forgotten").isEmpty();
    long head = repository.head().revision();
    var policy = repository.live().policy();
    repository.keepFrom(head);
    assertThat(repository.live().policy()).isEqualTo(policy);
    assertThat(repository.head().floor()).isEqualTo(head);
  }

  @Test
  void retentionThatDiesIsRunAgain() {
    for (int write = 0; write < 12; write += 3) {
      var dying = table.repository(clock, Crash.before(write));
      try {
        dying.keepFrom(10 + write);
      } catch (Crash expected) {
        // The next one goes on where it stopped.
      }
      assertThat(repository.live().policy()).isEqualTo(policies.get(repository.head().revision()));
    }
    repository.keepFrom(25);
    assertThat(repository.asOf(25).orElseThrow().policy()).isEqualTo(policies.get(25L));
    long slices =
        table.everything().stream()
            .filter(item -> item.has("from") && item.number("from") < 20)
            .filter(item -> item.pk().equals("ROLE#r0"))
            .count();
    assertThat(slices).as("versions below the floor but the newest").isLessThanOrEqualTo(1);
  }

  @Test
  void readersOfOldRevisionsGetTheRightAnswerOrNone() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Future<int[]>> readers = new ArrayList<>();
      for (int reader = 0; reader < 1; reader++) {
        readers.add(threads.submit(this::readAll));
      }
      for (long floor = 2; floor <= 28; floor += 4) {
        repository.keepFrom(floor);
      }
      int right = 0;
      int refused = 0;
      for (Future<int[]> reader : readers) {
        right += reader.get()[0];
        refused += reader.get()[1];
      }
      System.out.println("RetentionTest: " + right + " right, " + refused + " refused");
      assertThat(right).isPositive();
    }
    assertThatThrownBy(() -> repository.asOf(3).orElseThrow().policy())
        .isInstanceOf(StoreException.NotKept.class);
  }

  private int[] readAll() {
    int right = 0;
    int refused = 0;
    for (int round = 0; round < 2; round++) {
      for (var entry : policies.entrySet()) {
        try {
          assertThat(repository.asOf(entry.getKey()).orElseThrow().policy())
              .isEqualTo(entry.getValue());
          right++;
        } catch (StoreException.NotKept expected) {
          refused++;
        }
      }
    }
    return new int[] {right, refused};
  }
}
