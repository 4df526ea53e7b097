package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.permission;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.store.Head;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of a table that was restored into another, and of a torn bundle. */
class RestoreTest {
  private static final Permission GIVEN = allow("p", "clerk", "a");
  private static final Permission LOST = permission("q", "clerk", "a", Effect.DENY, "/lost");

  private final LocalTable table = new LocalTable();
  private final LocalTable restored = new LocalTable();
  private final TestClock clock = new TestClock();

  @BeforeEach
  void publishAndCopy() {
    publish(table.repository(clock), add(api("a")), add(role("clerk")), add(GIVEN));
    table.everything().forEach(restored::put);
    clock.move(Duration.ofMinutes(1));
    publish(table.repository(clock), add(LOST));
    clock.move(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    table.close();
    restored.close();
  }

  private static List<Permission> clerks(LocalTable table) {
    var reader = table.reader();
    return reader
        .slice(name("clerk"), id("a"), reader.head())
        .value()
        .map(Slice::permissions)
        .orElseThrow();
  }

  @Test
  void itIsWholeAsOfThenAndWhoKnewMoreNoticesIt() {
    Head known = table.reader().head();
    Head head = restored.reader().head();
    assertThat(head.revision()).isEqualTo(1);
    assertThat(head.continues(known)).isFalse();
    assertThat(clerks(restored)).containsExactly(GIVEN);
    assertThat(clerks(table)).containsExactly(GIVEN, LOST);
  }

  @Test
  void whatIsMissingIsPublishedAgainAndTheSameNumberIsAnotherRevision() {
    assertThat(publish(restored.repository(clock), add(LOST))).isEqualTo(2);
    assertThat(clerks(restored)).containsExactly(GIVEN, LOST);
    assertThat(restored.reader().head().continues(table.reader().head())).isFalse();
  }

  /** Why authorizers are started anew before the first publish past what they saw. */
  @Test
  void publishedPastWhatSomebodySawItCannotBeToldByItsHead() {
    publish(restored.repository(clock), add(allow("r", "clerk", "a")));
    publish(restored.repository(clock), add(allow("s", "clerk", "a")));
    assertThat(restored.reader().head().continues(table.reader().head())).isTrue();
    assertThat(clerks(restored)).doesNotContain(LOST);
  }

  @Test
  void aTornBundleStopsThePublishThatTouchesItUntilItsOwnItemIsBack() {
    Item good =
        table.everything().stream()
            .filter(item -> item.pk().equals("ROLE#clerk"))
            .max((one, other) -> Long.compare(one.number("from"), other.number("from")))
            .orElseThrow();
    var torn = new HashMap<>(good.attributes());
    torn.remove("sum");
    table.put(new Item(torn));
    var repository = table.repository(clock);
    assertThatThrownBy(() -> publish(repository, add(allow("r", "clerk", "a"))))
        .isInstanceOf(StoreException.Torn.class)
        .hasMessageContaining("ROLE#clerk");
    assertThatThrownBy(() -> clerks(table)).isInstanceOf(StoreException.Torn.class);
    table.put(good);
    publish(repository, add(allow("r", "clerk", "a")));
    assertThat(clerks(table)).containsExactly(GIVEN, LOST, allow("r", "clerk", "a"));
  }
}
