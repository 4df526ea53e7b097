package dev.grantway.admin.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.assignments.AssignmentInput.Field;
import dev.grantway.admin.assignments.AssignmentLine.Life;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Assignment.Kind;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Roles given to somebody, as the draft has them. */
class AssignmentServiceTest {
  private final World world = new World();
  private final AssignmentService service =
      new AssignmentService(world.changes, world.operators, world.clock);

  private static Assignment given(String value, String role, @Nullable Instant until) {
    return new Assignment(new RoleName(role), "corp", Kind.SUBJECT, value, until);
  }

  private static AssignmentInput typed(String value, String role, String until) {
    return new AssignmentInput(Kind.SUBJECT, "corp", value, role, until);
  }

  private void live(Assignment... assignments) {
    world.behind(
        List.of(assignments).stream()
            .map(it -> Change.add(new PolicyRow.OfAssignment(it)))
            .sorted()
            .toArray(Change[]::new));
  }

  private List<AssignmentLine> lines(String filter) {
    return service.page(AssignmentFilter.parse(filter), "", 100).lines();
  }

  private static Map<Field, List<Sentence>> refused(Saved<Field> saved) {
    return ((Saved.Refused<Field>) saved).byField();
  }

  private static String said(Map<Field, List<Sentence>> why, Field field) {
    return why.getOrDefault(field, List.of()).getFirst().in(Locale.ENGLISH);
  }

  @Test
  void whatIsTypedIsInTheDraftAndNotLive() {
    assertThat(
            service.save(Optional.empty(), typed(" alice ", "clerk", "2026-12-31T01:00:00+01:00")))
        .isEqualTo(new Saved.Staged<>("alice"));
    assertThat(lines(""))
        .containsExactly(
            new AssignmentLine(
                given("alice", "clerk", Instant.parse("2026-12-31T00:00:00Z")),
                Life.LIVE,
                Staging.ADDED));
    assertThat(world.repository.live().assignments("", 10).items()).isEmpty();
    world.changes.undo();
    assertThat(lines("")).isEmpty();
    world.changes.redo();
    assertThat(lines("")).hasSize(1);
  }

  @Test
  void everyFieldSaysWhatIsWrongWithIt() {
    var why =
        refused(
            service.save(
                Optional.empty(), new AssignmentInput(Kind.GROUP, "a corp", "", "", "tomorrow")));
    assertThat(why).containsOnlyKeys(Field.ISSUER, Field.VALUE, Field.ROLE, Field.UNTIL);
    assertThat(said(why, Field.UNTIL)).contains("`tomorrow`");
    assertThat(said(why, Field.ISSUER)).contains("`a corp`");
    assertThat(
            said(refused(service.save(Optional.empty(), typed("alice", "nobody", ""))), Field.ROLE))
        .contains("nobody");
    assertThat(
            said(
                refused(service.save(Optional.empty(), typed("alice", "authenticated", ""))),
                Field.ROLE))
        .contains("built in");
    assertThat(
            said(
                refused(
                    service.save(
                        Optional.empty(), typed("alice", "clerk", "2026-12-31T00:00:00.5Z"))),
                Field.UNTIL))
        .contains("whole seconds");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void theSameIsNotGivenTwice() {
    live(given("alice", "clerk", null));
    assertThat(
            said(refused(service.save(Optional.empty(), typed("alice", "clerk", ""))), Field.VALUE))
        .contains("`alice`", "`clerk`");
    assertThat(
            refused(
                service.save(
                    Optional.of(given("bob", "viewer", null)), typed("alice", "clerk", ""))))
        .containsOnlyKeys(Field.VALUE);
  }

  @Test
  void anotherEndIsAChangeAndAnotherRoleIsTwo() {
    live(given("alice", "clerk", null));
    service.save(
        Optional.of(given("alice", "clerk", null)),
        typed("alice", "clerk", "2026-12-01T00:00:00Z"));
    assertThat(lines("")).singleElement().matches(it -> it.staged() == Staging.CHANGED);
    service.save(Optional.of(lines("").getFirst().assignment()), typed("alice", "viewer", ""));
    assertThat(lines(""))
        .extracting(it -> it.assignment().role() + " " + it.staged())
        .containsExactly("viewer ADDED", "clerk REMOVED");
  }

  @Test
  void whoSavesWithoutAnEditStagesNothing() {
    live(given("alice", "clerk", null));
    assertThat(
            service.save(Optional.of(given("alice", "clerk", null)), typed("alice", "clerk", "")))
        .isEqualTo(new Saved.Staged<>("alice"));
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void endingKeepsTheLineAndDeletingTakesItOut() {
    Assignment alice = given("alice", "clerk", null);
    Assignment bob = given("bob", "clerk", null);
    live(alice, bob);
    assertThat(service.end(alice)).isInstanceOf(Staged.Done.class);
    assertThat(service.remove(bob)).isInstanceOf(Staged.Done.class);
    assertThat(lines(""))
        .extracting(AssignmentLine::life, AssignmentLine::staged)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Life.ENDED, Staging.CHANGED),
            org.assertj.core.groups.Tuple.tuple(Life.LIVE, Staging.REMOVED));
    assertThat(service.restore(bob)).isInstanceOf(Staged.Done.class);
    assertThat(lines("state:staged")).hasSize(1);
  }

  @Test
  void whatHasEndedEndsNoFurther() {
    Assignment alice = given("alice", "clerk", World.START);
    live(alice);
    service.end(alice);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void anEditOfWhatChangedMeanwhileIsRefused() {
    live(given("alice", "clerk", null));
    var staged = service.remove(given("alice", "clerk", World.START));
    assertThat(((Staged.Refused) staged).why()).extracting(it -> it.code()).contains("outdated");
  }

  @Test
  void theFilterNamesPartsAndStates() {
    Instant now = world.clock.instant();
    live(
        given("alice", "clerk", now.plus(AssignmentLine.SOON)),
        given("bob", "clerk", now.plus(AssignmentLine.SOON).plusSeconds(1)),
        given("carol", "viewer", now),
        new Assignment(new RoleName("viewer"), "partner", Kind.GROUP, "staff", null));
    assertThat(values("state:ending")).containsExactly("alice");
    assertThat(values("state:ended")).containsExactly("carol");
    assertThat(values("state:live")).containsExactly("alice", "bob", "staff");
    assertThat(values("issuer:part")).containsExactly("staff");
    assertThat(values("group:")).containsExactly("staff");
    assertThat(values("subject:o")).containsExactly("bob", "carol");
    assertThat(values("role:view CAROL")).containsExactly("carol");
    assertThat(values("state:nonsense")).isEmpty();
    world.pass(Duration.ofDays(1));
    assertThat(values("state:ending")).containsExactly("alice", "bob");
  }

  private List<String> values(String filter) {
    return lines(filter).stream().map(it -> it.assignment().value()).toList();
  }

  @Test
  void pagesHoldEveryAssignmentOnce() {
    live(
        IntStream.range(0, 25)
            .mapToObj(i -> given("user-" + i, "viewer", null))
            .toArray(Assignment[]::new));
    service.save(Optional.empty(), typed("new", "viewer", ""));
    var seen = new HashSet<String>();
    String after = "";
    int count = 0;
    do {
      AssignmentPage page = service.page(AssignmentFilter.NONE, after, 10);
      page.lines().forEach(it -> seen.add(it.assignment().value()));
      count += page.lines().size();
      after = page.next();
    } while (!after.isEmpty());
    assertThat(seen).hasSize(26).hasSize(count);
  }
}
