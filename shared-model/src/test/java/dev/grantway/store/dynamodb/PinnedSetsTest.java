package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PinnedSet;
import dev.grantway.store.PinnedSets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pinned sets in the table and in memory behave alike. */
class PinnedSetsTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private static PinnedSet set(String name, String... roles) {
    return new PinnedSet(name, Stream.of(roles).map(RoleName::new).toList());
  }

  @Test
  void eachOperatorHasSetsOfTheirOwnByName() {
    for (PinnedSets sets :
        List.of(
            table.repository(clock).pinnedSets(),
            InMemoryPolicy.of(Policy.EMPTY, clock).pinnedSets())) {
      assertThat(sets.of("ana")).isEmpty();
      sets.save("ana", set("people & money", "clerk", "support"));
      sets.save("ana", set("Größe #1", "viewer"));
      sets.save("ana#", set("another's", "ops"));
      sets.save("ana", set("people & money", "ops", "clerk", "ops"));
      assertThat(sets.of("ana"))
          .containsExactly(set("Größe #1", "viewer"), set("people & money", "ops", "clerk"));
      sets.delete("ana", "Größe #1");
      sets.delete("ana", "another's");
      assertThat(sets.of("ana")).extracting(PinnedSet::name).containsExactly("people & money");
      assertThat(sets.of("ana#")).hasSize(1);
    }
  }

  @Test
  void aSetOutlivesWhoeverKeptIt() {
    var most =
        new PinnedSet(
            "x".repeat(PinnedSet.MAX_NAME),
            IntStream.range(0, PinnedSet.MOST_ROLES)
                .mapToObj(i -> new RoleName("r".repeat(120) + i))
                .toList());
    table.repository(clock).pinnedSets().save("ana", most);
    assertThat(table.repository(clock).pinnedSets().of("ana")).containsExactly(most);
  }

  @Test
  void aSetNeedsANameAndRoles() {
    for (String name : List.of("", " x", "x ", "a\nb", "x".repeat(PinnedSet.MAX_NAME + 1))) {
      assertThatThrownBy(() -> set(name, "clerk")).as(name).hasMessageContaining("64 characters");
    }
    assertThatThrownBy(() -> set("x")).hasMessageContaining("1 to 100 roles, got 0");
  }
}
