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
import dev.grantway.revision.Reviewed;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.DraftRepository.Appended;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.KnownOperator;
import dev.grantway.store.OperatorDirectory;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  void whatIsSaidOfADraftIsReadAsItWasStoredAndEditsNothing() {
    var seen = new Reviewed("a".repeat(64), "b".repeat(64));
    Instant at = clock.instant();
    List<DraftStep> said =
        List.of(
            new DraftStep.Comment(at, "ben", "why?"),
            new DraftStep.Approve(at, "ben", seen),
            new DraftStep.Reject(at, "olga", "too wide", seen),
            new DraftStep.Schedule(at, "olga", at.plusSeconds(60), "at night", seen),
            new DraftStep.Unschedule(at, "ana", ""));
    for (DraftRepository drafts : both()) {
      Draft draft = drafts.create("spring", "ana");
      draft = stored(drafts.append(draft, edit(add(role("clerk")))));
      for (DraftStep step : said) {
        draft = stored(drafts.append(draft, step));
      }
      Draft read = drafts.find(draft.id()).orElseThrow();
      assertThat(read.steps().subList(1, read.steps().size())).isEqualTo(said);
      assertThat(read.changes()).containsExactly(add(role("clerk")));
      assertThat(read.canUndo()).isTrue();
    }
  }

  @Test
  void aDraftOfAnIdIsBegunOnce() {
    for (DraftRepository drafts : both()) {
      Draft first = drafts.create("review-7", "autumn", "olga");
      assertThat(first.id()).isEqualTo("review-7");
      Draft edited = stored(drafts.append(first, edit(add(role("clerk")))));
      assertThat(drafts.create("review-7", "again", "ben")).isEqualTo(edited);
      assertThat(drafts.open()).hasSize(1);
    }
  }

  @Test
  void draftsAreRenamedChosenAndDue() {
    for (DraftRepository drafts : both()) {
      Draft draft = drafts.create("spring", "ana");
      assertThat(drafts.chosen("ana")).isEmpty();
      drafts.choose("ana", draft.id());
      assertThat(drafts.chosen("ana")).contains(draft.id());
      assertThat(drafts.rename(draft.id(), "summer").name()).isEqualTo("summer");
      assertThat(drafts.open()).extracting(Draft::name).containsExactly("summer");
      var soon = new DraftRepository.Due(Instant.parse("2026-11-23T10:00:00.500Z"), "a");
      var later = new DraftRepository.Due(Instant.parse("2026-11-23T10:00:01Z"), "b");
      drafts.schedule(later);
      drafts.schedule(soon);
      drafts.schedule(soon);
      assertThat(drafts.due(soon.when().minusMillis(1))).isEmpty();
      assertThat(drafts.due(soon.when())).containsExactly(soon);
      assertThat(drafts.due(later.when())).containsExactly(soon, later);
      drafts.unschedule(soon);
      assertThat(drafts.due(later.when())).containsExactly(later);
    }
  }

  @Test
  void operatorsAreKnownByTheirLastSignIn() {
    for (PolicyRepository policy :
        List.of(table.repository(clock), InMemoryPolicy.of(Policy.EMPTY, clock))) {
      OperatorDirectory operators = policy.operators();
      operators.seen(new KnownOperator("zoë🙂", "Zoë", Set.of(), clock.instant()));
      operators.seen(new KnownOperator("ana", "Ana", Set.of("editor"), clock.instant()));
      var now = new KnownOperator("ana", "Ana A", Set.of("owner", "viewer"), clock.instant());
      operators.seen(now);
      assertThat(operators.find("ana")).contains(now);
      assertThat(operators.find("ben")).isEmpty();
      assertThat(operators.all()).extracting(KnownOperator::name).containsExactly("ana", "zoë🙂");
    }
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
      assertThat(drafts.open()).isEmpty();
      Draft again = drafts.setState(draft.id(), Draft.State.OPEN);
      assertThat(again.changes()).containsExactly(add(role("a")));
      assertThat(drafts.open()).extracting(Draft::id).containsExactly(draft.id());
    }
  }

  @Test
  void aDraftIsDiscardedAsItWasReadOrNotAtAll() {
    for (DraftRepository drafts : both()) {
      Draft read = drafts.create("spring", "ana");
      Draft edited = stored(drafts.append(read, edit(add(role("a")))));
      assertThat(drafts.discard(read)).as("it was edited since").isFalse();
      assertThat(drafts.open()).extracting(Draft::id).containsExactly(read.id());
      assertThat(drafts.discard(edited)).isTrue();
      assertThat(drafts.find(read.id()).orElseThrow().state()).isEqualTo(Draft.State.DISCARDED);
      assertThat(drafts.open()).isEmpty();
      assertThat(drafts.discard(edited)).as("it is over").isFalse();
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
    assertThat(repository.revoke(revocation("t3")).epoch()).isEqualTo(3);
    table.calls();
    assertThat(repository.revocations(0, 2)).isEqualTo(repository.revocations(0).subList(0, 2));
    assertThat(table.calls()).as("one page, and then all").hasSize(2);
    assertThat(repository.revocations(1, 9)).isEqualTo(repository.revocations(1));
    assertThat(repository.revocations(3, 2)).isEmpty();
    assertThat(table.reader().head().epoch()).isEqualTo(3);
  }
}
