package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Membership lists in the table and in memory behave alike. */
class MembershipsTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00.123Z");

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private static MembershipList list(int rows) {
    return list(AT, rows);
  }

  private static MembershipList list(Instant at, int rows) {
    return new MembershipList(
        at,
        "zoë",
        IntStream.range(0, rows)
            .mapToObj(i -> new Membership("corp", "subject, \"" + i + "\"", "group " + i % 7))
            .toList());
  }

  private List<PolicyRepository> both() {
    return List.of(table.repository(clock), InMemoryPolicy.of(Policy.EMPTY, clock));
  }

  @Test
  void eachListIsInForceUntilTheNextHoweverLongItIs() {
    for (PolicyRepository repository : both()) {
      Memberships memberships = repository.memberships();
      assertThat(memberships.list()).isEmpty();
      assertThat(memberships.newest()).isEmpty();
      assertThat(memberships.asOf(AT)).isEmpty();
      List<Integer> rows = List.of(1_203, 2, 2, 0, 500);
      for (int i = 0; i < rows.size(); i++) {
        MembershipList each = list(AT.plusSeconds(10L * i), rows.get(i));
        assertThat(memberships.add(each)).isEqualTo(each);
        assertThat(memberships.list()).contains(each);
        assertThat(memberships.newest()).contains(each.at());
      }
      assertThat(memberships.asOf(AT.minusMillis(1))).isEmpty();
      for (int i = 0; i < rows.size(); i++) {
        MembershipList each = list(AT.plusSeconds(10L * i), rows.get(i));
        assertThat(memberships.asOf(each.at())).as("list %d begins", i).contains(each);
        assertThat(memberships.asOf(each.at().plusMillis(9_999))).as("and ends").contains(each);
      }
      assertThat(memberships.asOf(AT.plusSeconds(9_999_999)))
          .contains(list(AT.plusSeconds(40), 500));
    }
  }

  @Test
  void aListIsLaterThanTheOneBeforeWhateverClockItWasImportedBy() {
    for (PolicyRepository repository : both()) {
      Memberships memberships = repository.memberships();
      var _ = memberships.add(list(AT.plusNanos(999), 2));
      MembershipList behind = memberships.add(list(AT.minusSeconds(60), 3));
      assertThat(behind).isEqualTo(list(AT.plusMillis(1), 3));
      assertThat(memberships.list()).contains(behind);
      assertThat(memberships.asOf(AT)).contains(list(AT, 2));
    }
  }

  @Test
  void aListIsAddedAfterTheOneThatWasSeenOrNotAtAll() {
    for (PolicyRepository repository : both()) {
      Memberships memberships = repository.memberships();
      assertThat(memberships.addAfter(AT, list(1))).as("there is none").isEmpty();
      MembershipList first = memberships.addAfter(null, list(2)).orElseThrow();
      assertThat(memberships.addAfter(null, list(3))).as("there is one by now").isEmpty();
      assertThat(memberships.addAfter(first.at(), list(AT.plusSeconds(9), 4))).isPresent();
      assertThat(memberships.addAfter(first.at(), list(AT.plusSeconds(10), 5))).isEmpty();
      assertThat(memberships.list()).contains(list(AT.plusSeconds(9), 4));
    }
  }

  @Test
  void ofManyThatAreAddedAtOnceAfterTheSameListOneIs() throws Exception {
    for (PolicyRepository repository : both()) {
      Memberships memberships = repository.memberships();
      MembershipList first = memberships.add(list(1));
      try (var threads = Executors.newFixedThreadPool(8)) {
        var tries = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
          MembershipList each = list(AT.plusSeconds(1 + i), 2 + i);
          tries.add(() -> memberships.addAfter(first.at(), each).isPresent());
        }
        int added = 0;
        for (Future<Boolean> done : threads.invokeAll(tries)) {
          added += done.get() ? 1 : 0;
        }
        assertThat(added).isEqualTo(1);
      }
      MembershipList last = memberships.list().orElseThrow();
      assertThat(memberships.asOf(last.at().minusMillis(1))).contains(first);
    }
  }

  @Test
  void aRevisionIsAnsweredByTheListBeforeTheNextAndNoLaterThanTheInstant() {
    for (PolicyRepository repository : both()) {
      List<Instant> published = new ArrayList<>();
      for (int revision = 1; revision <= 3; revision++) {
        publish(
            repository,
            revision == 1
                ? SamplePolicy.world(1)
                : List.of(add(allow("more" + revision, "r0", "a"))));
        published.add(repository.revision(revision).orElseThrow().at());
        clock.move(Duration.ofMinutes(10));
        if (revision > 1) {
          var _ = repository.memberships().add(list(clock.instant(), revision));
          clock.move(Duration.ofMinutes(10));
        }
      }
      Instant now = clock.instant();
      assertThat(repository.next(1).orElseThrow().number()).isEqualTo(2);
      assertThat(repository.next(3)).isEmpty();
      assertThat(rows(repository.members(1, now))).as("none before 2").isEmpty();
      assertThat(rows(repository.members(2, now))).contains(2);
      assertThat(rows(repository.members(3, now))).contains(3);
      assertThat(rows(repository.members(3, published.get(2)))).as("the one before").contains(2);
      assertThat(rows(repository.members(2, published.get(1)))).as("not yet").isEmpty();
    }
  }

  private static Optional<Integer> rows(Optional<MembershipList> list) {
    return list.map(it -> it.rows().size());
  }

  @Test
  void numbersThatNeverCommittedAreNotNext() {
    PolicyRepository repository = table.repository(clock);
    publish(repository, SamplePolicy.world(1));
    assertThatThrownBy(
            () ->
                publish(
                    table.repository(clock, Crash.after(Keys.REVISIONS)),
                    add(allow("x", "r0", "a"))))
        .isInstanceOf(Crash.class);
    assertThat(items().get(Keys.REVISIONS, Keys.digits(2))).as("what it left").isPresent();
    publish(repository, add(allow("y", "r0", "a")));
    long head = repository.head().revision();
    assertThat(head).isGreaterThan(2);
    assertThat(repository.next(1).orElseThrow().number()).isEqualTo(head);
  }

  @Test
  void aListThatSaysWhatTheOneBeforeSaysHasItsParts() {
    Memberships memberships = table.repository(clock).memberships();
    var _ = memberships.add(list(600));
    MembershipList again = memberships.add(list(AT.plusSeconds(1), 600));
    assertThat(sorted("P#")).hasSize(2);
    assertThat(memberships.list()).contains(again);
    var _ = memberships.add(list(AT.plusSeconds(2), 601));
    assertThat(sorted("P#")).hasSize(4);
  }

  private List<String> sorted(String prefix) {
    return items().all(new Table.Range(Keys.MEMBERS, prefix, prefix + Keys.END)).stream()
        .map(Item::sk)
        .toList();
  }

  private Table items() {
    return Table.of(table.client, table.name);
  }

  @Test
  void theOneListOfATableFromBeforeIsTheFirst() {
    Memberships memberships = table.repository(clock).memberships();
    var _ = memberships.add(list(600));
    Item named = items().all(new Table.Range(Keys.MEMBERS, "V#", "V#~")).getFirst();
    items().deleteAll(List.of(named));
    items()
        .put(
            Item.of(Keys.MEMBERS, "!")
                .text("token", named.text("token"))
                .number("parts", 2)
                .text("at", AT.toString())
                .text("by", "zoë")
                .build());
    assertThat(memberships.list()).contains(list(600));
    assertThat(memberships.asOf(AT.minusMillis(1))).isEmpty();
    var _ = memberships.add(list(AT.plusSeconds(1), 1));
    assertThat(memberships.asOf(AT)).contains(list(600));
    assertThat(memberships.list()).contains(list(AT.plusSeconds(1), 1));
  }

  @Test
  void retentionRemovesListsThatWereOutOfForceByThen() {
    var memberships = new DynamoMemberships(items());
    for (int i = 0; i < 4; i++) {
      var _ = memberships.add(list(AT.plusSeconds(i), i < 2 ? 600 : 600 + i));
    }
    memberships.keepFrom(AT.plusMillis(999));
    assertThat(sorted("V#")).hasSize(4);
    memberships.keepFrom(AT.plusSeconds(1));
    assertThat(sorted("V#")).hasSize(3);
    assertThat(memberships.asOf(AT.plusSeconds(1))).contains(list(AT.plusSeconds(1), 600));
    memberships.keepFrom(AT.plusMillis(2_500));
    assertThat(sorted("V#")).hasSize(2);
    assertThat(sorted("P#")).hasSize(4);
    assertThat(memberships.asOf(AT.plusMillis(2_500))).contains(list(AT.plusSeconds(2), 602));
    memberships.keepFrom(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(memberships.list()).as("the last stays").contains(list(AT.plusSeconds(3), 603));
  }

  @Test
  void retentionRemovesPartsThatNoListNamesOnceTheyAreOldEnough() {
    var memberships = new DynamoMemberships(items());
    var _ = memberships.add(list(600));
    var _ = memberships.add(list(AT.plusSeconds(1), 1_203));
    items()
        .deleteAll(
            items().all(new Table.Range(Keys.MEMBERS, "V#", "V#~")).stream().limit(1).toList());
    items().put(Item.of(Keys.MEMBERS, "P#1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed#0000").build());
    var _ = memberships.add(list(AT.plusSeconds(2), 500));
    assertThat(sorted("P#")).hasSize(2 + 3 + 1 + 1);
    memberships.keepFrom(AT);
    assertThat(sorted("P#")).as("they may be an import's that is at it").hasSize(7);
    memberships.keepFrom(AT.plusMillis(1));
    assertThat(sorted("P#")).as("another's and those of before stay").hasSize(5);
    assertThat(memberships.asOf(AT.plusSeconds(1))).contains(list(AT.plusSeconds(1), 1_203));
    assertThat(memberships.list()).contains(list(AT.plusSeconds(2), 500));
  }

  @Test
  void aListThatLacksAPartOrSaysAnotherThingIsNoList() {
    Memberships memberships = table.repository(clock).memberships();
    var _ = memberships.add(list(600));
    var _ = memberships.add(list(AT.plusSeconds(1), 601));
    List<Item> parts = items().all(new Table.Range(Keys.MEMBERS, "P#", "P#~"));
    Item last = items().all(new Table.Range(Keys.MEMBERS, "V#", "V#~")).getLast();
    items()
        .put(
            Item.of(Keys.MEMBERS, last.sk())
                .text("token", last.text("token"))
                .number("parts", 2)
                .text("at", last.text("at"))
                .text("by", "zoë")
                .text("sum", list(600).sha256())
                .build());
    assertThatThrownBy(memberships::list)
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageContaining("its hash is another");
    items()
        .deleteAll(
            parts.stream().map(it -> Item.of(Keys.MEMBERS, it.sk()).build()).limit(1).toList());
    assertThatThrownBy(
            () -> {
              var _ = memberships.asOf(AT);
              var _ = memberships.list();
            })
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageContaining("import it again");
    assertThat(memberships.newest()).contains(AT.plusSeconds(1));
  }

  @Test
  void importingADamagedListAgainMendsAnswersFromThenOn() {
    Memberships memberships = table.repository(clock).memberships();
    var _ = memberships.add(list(600));
    String part = sorted("P#").getLast();
    items().deleteAll(List.of(Item.of(Keys.MEMBERS, part).build()));
    assertThatThrownBy(memberships::list).hasMessageContaining("import it again");
    MembershipList again = memberships.add(list(AT.plusSeconds(1), 600));
    assertThat(memberships.list()).contains(again);
    assertThat(sorted("P#")).as("one is left of the damaged list").hasSize(3);
    assertThatThrownBy(() -> memberships.asOf(AT)).hasMessageContaining("lacks a part");
  }

  @Test
  void aTableThatDoesNotAnswerIsNoDamagedListAndNothingIsAdded() {
    var _ = table.repository(clock).memberships().add(list(600));
    DynamoDbClient withoutParts =
        table.before(
            request -> {
              if (request instanceof QueryRequest query && query.toString().contains("P#")) {
                throw SdkClientException.create("connection reset");
              }
            });
    Memberships memberships =
        new DynamoPolicyRepository(withoutParts, table.name, clock).memberships();
    assertThatThrownBy(memberships::list).isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> memberships.addAfter(AT, list(AT.plusSeconds(1), 600)))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(table.repository(clock).memberships().newest()).contains(AT);
    assertThat(sorted("P#")).as("no parts without a list are left").hasSize(2);
  }

  @Test
  void rowsAreThereOnceHaveALimitAndAHashOfTheirOwn() {
    var row = new Membership("corp", "mia", "money");
    var one = new MembershipList(AT, "ana", List.of(row, row));
    assertThat(one.rows()).containsExactly(row);
    // printf 'corp\tmia\tmoney\n' | sha256sum
    assertThat(one.sha256())
        .isEqualTo("c14cdc0b34182cd3589c9a28443df2cd6cee2c93da230cd4f086b298a67d9730");
    assertThatThrownBy(() -> list(MembershipList.MOST_ROWS + 1))
        .hasMessageContaining("50000 rows, not 50001");
    assertThatThrownBy(() -> new Membership("corp", "", "money"))
        .hasMessageContaining("1 to 256 characters");
  }
}
