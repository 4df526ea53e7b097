package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publication;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.remove;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AsOf;
import dev.grantway.store.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepositoryTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void whatIsPublishedIsReadByTheAuthorizer() {
    publish(repository, add(api("a")), add(role("clerk")), add(allow("p", "clerk", "a")));
    var reader = table.reader();
    var head = reader.head();
    assertThat(head.revision()).isEqualTo(1);
    var slice = reader.slice(name("clerk"), id("a"), head);
    assertThat(slice.from()).isEqualTo(1);
    assertThat(slice.value().map(Slice::permissions).orElseThrow())
        .containsExactly(allow("p", "clerk", "a"));
    assertThat(reader.api(id("a"), head).value()).contains(api("a"));
    assertThat(reader.slice(name("nobody"), id("a"), head).value()).isEmpty();
  }

  @Test
  void everyRevisionCanBeAskedAgain() {
    publish(repository, add(api("a")), add(role("clerk")), add(allow("p", "clerk", "a")));
    publish(repository, add(allow("q", "clerk", "a")));
    publish(repository, remove(allow("p", "clerk", "a")));
    assertThat(idsAt(1)).containsExactly("p");
    assertThat(idsAt(2)).containsExactly("p", "q");
    assertThat(idsAt(3)).containsExactly("q");
    assertThat(idsAt(0)).isEmpty();
    assertThat(repository.asOf(4)).isEmpty();
  }

  private List<String> idsAt(long revision) {
    AsOf then = repository.asOf(revision).orElseThrow();
    return then.permissions(name("clerk")).stream()
        .map(row -> row.permission().id().value())
        .toList();
  }

  @Test
  void theSlicesOfManyRolesAreReadTogetherAndOnlyThoseThatThereAre() {
    var changes = new ArrayList<Change>(List.of(add(api("a")), add(api("b")), add(role("base"))));
    for (int i = 0; i < 40; i++) {
      changes.add(add(role("r" + i, "base")));
    }
    for (int i = 0; i < 30; i++) {
      changes.add(add(allow("p" + i, "r" + i, "a")));
    }
    publish(repository, changes.toArray(Change[]::new));
    AsOf live = repository.live();
    List<RoleName> roles =
        live.roles("", 100).items().stream().map(entry -> entry.role().name()).toList();
    assertThat(roles).hasSize(41);
    table.calls();
    assertThat(live.permissions(roles, id("a")))
        .hasSize(30)
        .allSatisfy(
            (role, rows) ->
                assertThat(rows)
                    .extracting(row -> row.permission().id().value())
                    .containsExactly(role.value().replace('r', 'p')));
    assertThat(table.calls())
        .as("a slice each; of what was head just now, the floor is not asked for")
        .extracting(LocalTable.Call::operation)
        .containsExactlyElementsOf(Collections.nCopies(30, "query"));
    assertThat(live.permissions(roles, id("a"))).hasSize(30);
    assertThat(live.permissions(roles, id("b"))).isEmpty();
    assertThat(table.calls()).as("what was read stays read").isEmpty();
  }

  @Test
  void anInheritsEdgeReachesEverySliceBelow() {
    publish(
        repository,
        add(api("a")),
        add(role("base")),
        add(role("middle", "base")),
        add(role("top", "middle")));
    publish(repository, add(allow("p", "base", "a")));
    var reader = table.reader();
    Slice slice = reader.slice(name("top"), id("a"), reader.head()).value().orElseThrow();
    assertThat(slice.closure()).extracting(RoleName::value).containsExactly("base", "middle");
    assertThat(slice.rows()).isEmpty();
  }

  @Test
  void aPublishOnAnOldHeadNamesTheRowsInDispute() {
    publish(repository, add(api("a")), add(role("clerk")), add(allow("p", "clerk", "a")));
    var stale = publication(repository, remove(allow("p", "clerk", "a")), add(role("other")));
    publish(repository, remove(allow("p", "clerk", "a")), add(allow("q", "clerk", "a")));
    var conflict = (PublishResult.Conflict) repository.publish(stale);
    assertThat(conflict.head()).isEqualTo(2);
    assertThat(conflict.disputes()).isEmpty();
    assertThat(repository.live().role(name("other"))).isEmpty();
  }

  @Test
  void historyOfAPermissionGoesOnAfterItIsGone() {
    publish(repository, add(api("a")), add(role("clerk")), add(allow("p", "clerk", "a")));
    publish(repository, add(allow("q", "clerk", "a")));
    publish(repository, remove(allow("p", "clerk", "a")));
    var key = new PolicyRow.OfPermission(allow("p", "clerk", "a")).key();
    assertThat(repository.history(key, 10))
        .extracting(LoggedChange::revision)
        .containsExactly(3L, 1L);
  }

  @Test
  void whatWasDeletedIsKnownToHaveBeenThere() {
    var permission = new PolicyRow.OfPermission(allow("p", "clerk", "a")).key();
    var elsewhere = new PolicyRow.OfPermission(allow("p", "other", "a")).key();
    var clerk = new PolicyRow.OfRole(role("clerk")).key();
    var other = new PolicyRow.OfRole(role("other")).key();
    var api = new PolicyRow.OfApi(api("a")).key();
    publish(repository, add(api("a")), add(role("clerk")), add(allow("p", "clerk", "a")));
    List<RowKey> all = List.of(permission, elsewhere, clerk, other, api);
    assertThat(repository.wereThere(all)).as("what is there, and what never was").isEmpty();
    publish(repository, remove(allow("p", "clerk", "a")));
    assertThat(repository.wereThere(all))
        .as("the id is the same elsewhere")
        .containsExactlyInAnyOrder(permission, elsewhere);
    assertThat(repository.wereThere(List.of(clerk))).isEmpty();
    publish(
        repository,
        Change.remove(new PolicyRow.OfRole(role("clerk"))),
        Change.remove(new PolicyRow.OfApi(api("a"))));
    assertThat(repository.wereThere(all))
        .containsExactlyInAnyOrder(permission, elsewhere, clerk, api);
    assertThat(repository.wereThere(List.of())).isEmpty();
  }

  @Test
  void recordsFormAChain() {
    publish(repository, add(api("a")));
    publish(repository, add(role("clerk")));
    List<Revision> records = repository.revisions("", 10).items();
    assertThat(records).extracting(Revision::number).containsExactly(2L, 1L);
    assertThat(records.getFirst().previousHash()).isEqualTo(records.getLast().hash());
    assertThat(repository.head().hash()).isEqualTo(records.getFirst().hash());
    assertThat(records.getLast().previousHash()).isEqualTo(Revision.NO_HASH);
  }
}
