package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.store.AsOf;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages together are the whole list, each item once, in both stores. */
class PagingTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final List<PolicyRepository> stores =
      List.of(table.repository(clock), InMemoryPolicy.of(Policy.EMPTY, clock));

  @AfterEach
  void close() {
    table.close();
  }

  private static <T> List<T> all(Function<String, Page<T>> pages, int limit) {
    var items = new ArrayList<T>();
    String after = "";
    do {
      Page<T> page = pages.apply(after);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
      after = page.next().orElse("");
    } while (!after.isEmpty());
    assertThat(new HashSet<>(items)).as("each once").hasSameSizeAs(items);
    return items;
  }

  private static List<Change> manyRows() {
    var changes = new ArrayList<Change>();
    changes.add(add(api("a")));
    for (int r = 0; r < 10; r++) {
      changes.add(add(role("r" + r)));
      for (int p = 0; p < 50; p++) {
        changes.add(add(allow("p" + r + "-" + p, "r" + r, "a")));
      }
      for (Assignment.Kind kind : Assignment.Kind.values()) {
        changes.add(add(new Assignment(name("r" + r), "corp", kind, "v" + r % 4, null)));
        changes.add(add(new Assignment(name("r" + r), "shop", kind, "w" + r, null)));
      }
    }
    return changes;
  }

  @Test
  void pagesAddUpToTheWholeList() {
    for (PolicyRepository store : stores) {
      List<Change> changes = manyRows();
      publish(store, changes);
      AsOf live = store.live();
      for (int limit : List.of(1, 3, 7, 1000)) {
        assertThat(all(after -> live.roles(after, limit), limit)).hasSize(10);
        assertThat(all(after -> live.assignments(after, limit), limit)).hasSize(60);
      }
      for (int limit : List.of(1, 99, 200, 201, 10_000)) {
        List<LoggedChange> logged = all(after -> store.changes(1, after, limit), limit);
        assertThat(logged)
            .extracting(LoggedChange::change)
            .containsExactlyElementsOf(changes.stream().sorted().toList());
      }
      assertThat(store.changes(2, "", 10).items()).isEmpty();
    }
  }

  @Test
  void revisionsPageFromHeadDownAndLeaveGapsOut() {
    for (PolicyRepository store : stores) {
      for (int i = 0; i < 9; i++) {
        publish(store, add(role("r" + i)));
      }
    }
    try {
      publish(table.repository(clock, Crash.before(6)), add(role("dead")));
    } catch (Crash expected) {
      publish(stores.getFirst(), add(role("alive")));
    }
    for (int limit : List.of(1, 2, 5, 100)) {
      assertThat(all(after -> stores.getFirst().revisions(after, limit), limit))
          .extracting(Revision::number)
          .containsExactly(11L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
      assertThat(all(after -> stores.getLast().revisions(after, limit), limit))
          .extracting(Revision::number)
          .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }
  }

  @Test
  void whoIsPublishingIsShown() {
    var repository = table.repository(clock);
    publish(repository, add(role("a")));
    try {
      publish(table.repository(clock, Crash.before(4)), add(role("b")));
    } catch (Crash expected) {
      assertThat(repository.attempts())
          .singleElement()
          .satisfies(
              attempt -> {
                assertThat(attempt.operator()).isEqualTo("ana");
                assertThat(attempt.number()).isEqualTo(2);
                assertThat(attempt.changes()).isEqualTo(1);
              });
    }
  }
}
