package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.alter;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.DraftRepository.Appended;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drafts in the table and in memory behave alike. */
class DraftsTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<DraftRepository> both() {
    return List.of(
        table.repository(clock).drafts(), InMemoryPolicy.of(Policy.EMPTY, clock).drafts());
  }

  private DraftStep.Edit edit(Change... changes) {
    return new DraftStep.Edit(clock.instant(), "ana", "an edit", List.of(changes));
  }

  private static Draft stored(Appended appended) {
    assertThat(appended).isInstanceOf(Appended.Stored.class);
    return appended.draft();
  }

  @Test
  void editsUndoAndRedoFold() {
    Role plain = role("clerk");
    Role described = new Role(plain.id(), plain.name(), "counts", "", new TreeSet<>());
    for (DraftRepository drafts : both()) {
      Draft draft = drafts.create("spring", "ana");
      draft = stored(drafts.append(draft, edit(add(plain))));
      draft = stored(drafts.append(draft, edit(alter(plain, described))));
      assertThat(draft.changes()).containsExactly(add(described));
      String hash = draft.hash();
      draft = stored(drafts.append(draft, new DraftStep.Undo(clock.instant(), "ana")));
      assertThat(draft.changes()).containsExactly(add(plain));
      assertThat(draft.hash()).isNotEqualTo(hash);
      draft = stored(drafts.append(draft, new DraftStep.Redo(clock.instant(), "ana")));
      assertThat(draft.hash()).isEqualTo(hash);
      assertThat(drafts.find(draft.id())).contains(draft);
      draft =
          stored(
              drafts.append(
                  draft,
                  new DraftStep.Rebase(clock.instant(), "ana", 4, "h", List.of(add(plain)))));
      assertThat(draft.base()).isEqualTo(4);
      assertThat(draft.canUndo()).isFalse();
      assertThat(draft.changes()).containsExactly(add(plain));
    }
  }

  @Test
  void aRowAddedAndRemovedAgainIsNoChange() {
    assertThat(Draft.net(List.of(List.of(add(role("x"))), List.of(removed("x"))))).isEmpty();
  }

  private static Change removed(String role) {
    return Change.remove(new PolicyRow.OfRole(role(role)));
  }

  @Test
  void whoAppendsToAnOldDraftIsShownTheNewOne() {
    for (DraftRepository drafts : both()) {
      Draft draft = drafts.create("spring", "ana");
      stored(drafts.append(draft, edit(add(role("a")))));
      Appended late = drafts.append(draft, edit(add(role("b"))));
      assertThat(late).isInstanceOf(Appended.Stale.class);
      assertThat(late.draft().changes()).containsExactly(add(role("a")));
      drafts.setState(draft.id(), Draft.State.DISCARDED);
      assertThat(drafts.append(late.draft(), edit(add(role("b")))))
          .isInstanceOf(Appended.Stale.class);
      assertThat(drafts.list(Draft.State.OPEN)).isEmpty();
      assertThat(drafts.list(Draft.State.DISCARDED)).hasSize(1);
    }
  }

  @Test
  void anEditTooBigForAnItemComesBackWhole() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 6_000; i++) {
      changes.add(add(allow("permission-" + i, "r" + i, "a")));
    }
    DraftRepository drafts = table.repository(clock).drafts();
    Draft draft = drafts.create("import", "ana");
    draft = stored(drafts.append(draft, edit(changes.toArray(Change[]::new))));
    assertThat(drafts.find(draft.id())).contains(draft);
  }

  static Revocation revocation(String token) {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    return new Revocation(
        0,
        true,
        Revocation.Kind.TOKEN_ID,
        "corp",
        token,
        now,
        now.plusSeconds(3600),
        "olga",
        now,
        "lost");
  }

  @Test
  void revocationsAreReadFromAnEpochOn() {
    var repository = table.repository(clock);
    assertThat(repository.revoke(revocation("t1")).epoch()).isEqualTo(1);
    assertThat(repository.revoke(revocation("t2")).epoch()).isEqualTo(2);
    assertThat(table.reader().revocations(1))
        .singleElement()
        .satisfies(it -> assertThat(it.value()).isEqualTo("t2"));
    assertThat(table.reader().revocations(0)).hasSize(2);
    assertThat(table.reader().head().epoch()).isEqualTo(2);
  }
}
