package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The membership list in the table and in memory behaves alike. */
class MembershipsTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00.123Z");

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private static MembershipList list(int rows) {
    return new MembershipList(
        AT,
        "zoë",
        IntStream.range(0, rows)
            .mapToObj(i -> new Membership("corp", "subject, \"" + i + "\"", "group " + i % 7))
            .toList());
  }

  @Test
  void theLastListCountsWholeHoweverLongItIs() {
    for (Memberships memberships :
        List.of(
            table.repository(clock).memberships(),
            InMemoryPolicy.of(Policy.EMPTY, clock).memberships())) {
      assertThat(memberships.list()).isEmpty();
      for (int rows : List.of(1_203, 2, 0, 500)) {
        memberships.replace(list(rows));
        assertThat(memberships.list()).contains(list(rows));
      }
    }
  }

  @Test
  void partsOfTheListBeforeAreRemovedAtOnceAndThoseOfADeadImportADayLater() {
    Memberships memberships = table.repository(clock).memberships();
    Table items = Table.of(table.client, table.name);
    Item dead = Item.of(Keys.MEMBERS, "P#dead#0000").text("at", clock.instant().toString()).build();
    items.put(dead);
    memberships.replace(list(600));
    memberships.replace(list(1));
    assertThat(parts(items)).hasSize(2).contains("P#dead#0000");
    clock.move(Duration.ofHours(25));
    memberships.replace(list(1));
    assertThat(parts(items)).hasSize(1).doesNotContain("P#dead#0000");
    assertThat(memberships.list()).contains(list(1));
  }

  private static List<String> parts(Table items) {
    return items.all(new Table.Range(Keys.MEMBERS, "P#", "P#" + Keys.END)).stream()
        .map(Item::sk)
        .toList();
  }

  @Test
  void aListThatLacksAPartIsNoList() {
    Memberships memberships = table.repository(clock).memberships();
    memberships.replace(list(600));
    Table items = Table.of(table.client, table.name);
    items.deleteAll(List.of(Item.of(Keys.MEMBERS, parts(items).getFirst()).build()));
    assertThatThrownBy(memberships::list)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("import it again");
  }

  @Test
  void rowsAreThereOnceAndHaveALimit() {
    var row = new Membership("corp", "mia", "money");
    assertThat(new MembershipList(AT, "ana", List.of(row, row)).rows()).containsExactly(row);
    assertThatThrownBy(() -> list(MembershipList.MOST_ROWS + 1))
        .hasMessageContaining("50000 rows, not 50001");
    assertThatThrownBy(() -> new Membership("corp", "", "money"))
        .hasMessageContaining("1 to 256 characters");
  }
}
