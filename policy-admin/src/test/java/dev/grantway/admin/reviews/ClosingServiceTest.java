package dev.grantway.admin.reviews;

import static dev.grantway.admin.reviews.Campaigns.assignment;
import static dev.grantway.admin.reviews.Campaigns.input;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.Verification;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Rules;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.Counts;
import dev.grantway.review.Outcome;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Sha256;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.StampedPermission;
import dev.grantway.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Closing: one draft, one report, whatever dies in between. */
class ClosingServiceTest {
  private World world = new World();
  private Campaigns all = new Campaigns(world);

  private Campaign viewers(String otherwise) {
    world.behind(Change.add(new PolicyRow.OfAssignment(assignment("viewer", "alice"))));
    Campaign it = all.create(input("viewer", "", "viewer", otherwise));
    assertThat(it.lines()).isEqualTo(3);
    return it;
  }

  private void answer(Campaign it, String permission, Answer answer) {
    world.operators.is("viewer", OperatorRight.VIEWER);
    assertThat(all.answer(it, all.permission(it, permission), answer, "why"))
        .isInstanceOf(Answered.Done.class);
    world.operators.is("olga", OperatorRight.OWNER);
  }

  private void due() {
    world.clock.advance(Duration.ofDays(60));
    world.operators.is("olga", OperatorRight.OWNER);
  }

  private Closed closed(Campaign it) {
    CloseResult result = all.closing.close(it.id(), AsSeen.WHATEVER);
    assertThat(result).isInstanceOf(CloseResult.Done.class);
    return ((CloseResult.Done) result).closed();
  }

  private List<String> codes(Campaign it) {
    CloseResult result = all.closing.close(it.id(), AsSeen.WHATEVER);
    assertThat(result).isInstanceOf(CloseResult.Refused.class);
    return ((CloseResult.Refused) result).why().stream().map(Objection::code).toList();
  }

  private List<ReportLine> report(Campaign it) {
    var lines = new ArrayList<ReportLine>();
    world.repository.reviews().report(it.id(), text -> lines.add(ReviewJson.reportLine(text)));
    return lines;
  }

  private AuditReport verified() {
    return Verification.of(
        new InMemoryAudit(world.repository, world.log, world.clock), Set.of(), List.of());
  }

  private List<ActivityEntry> recorded(ActivityKind kind) {
    return world.log.all().stream()
        .map(ActivityRecord::entry)
        .filter(it -> it.kind() == kind)
        .toList();
  }

  @Test
  void revokesBecomeOneDraftAndTheReportSaysWhatBecameOfEveryLine() {
    Campaign it = viewers("revoke");
    answer(it, "viewer-list", Answer.KEEP);
    answer(it, "viewer-read", Answer.REVOKE);
    assertThat(all.closing.plan(it.id()).orElseThrow().why())
        .extracting(Objection::code)
        .containsExactly("review-close-open");
    assertThat(codes(it)).containsExactly("review-close-open");
    due();
    assertThat(all.closing.plan(it.id()))
        .contains(new ClosePlan(List.of(), 1, 2, 1, new AccessReviews.Tally(1, 1, 2)));
    Closed closed = closed(it);
    assertThat(closed.counts()).isEqualTo(new Counts(3, 1, 2, 0, 1));
    Draft draft = world.repository.drafts().find(closed.draft()).orElseThrow();
    assertThat(draft.owner()).isEqualTo("olga");
    assertThat(draft.name()).isEqualTo("autumn");
    assertThat(draft.changes())
        .extracting(change -> change.key().text(), change -> change.afterOrNull())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("C#viewer#a1b2c3d4e5#viewer-read", null),
            org.assertj.core.groups.Tuple.tuple("D#assignment#corp#SUBJECT#alice#viewer", null));
    List<ReportLine> report = report(it);
    assertThat(report).hasSize(5);
    assertThat(report.subList(1, 4))
        .extracting(line -> ((ReportLine.Of) line).outcome())
        .containsExactly(Outcome.KEPT, Outcome.REVOKED, Outcome.REVOKED);
    assertThat(report.subList(1, 4))
        .extracting(line -> ((ReportLine.Of) line).isDefaulted())
        .containsExactly(false, false, true);
    assertThat(report.getLast()).isEqualTo(new ReportLine.End(closed.counts(), closed.draft()));
    assertThat(recorded(ActivityKind.REVIEW_CLOSED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("sha256", closed.sha256()));
    AuditReport verified = verified();
    assertThat(verified.faults()).isEmpty();
    assertThat(verified.facts())
        .anyMatch(fact -> fact.startsWith("the reports of 1 access review"));
    assertThat(world.checkpoints.taken).as("the hash is signed").isEqualTo(1);
    assertThat(closed(it)).as("again").isEqualTo(closed);
    assertThat(world.repository.drafts().open()).hasSize(1);
    assertThat(recorded(ActivityKind.REVIEW_CLOSED)).hasSize(1);
    world.operators.is("viewer", OperatorRight.VIEWER);
    Answered late = all.answer(it, all.permission(it, "viewer-list"), Answer.REVOKE, "");
    assertThat(((Answered.Refused) late).why().code()).isEqualTo("review-closing");
  }

  @Test
  void onceAllIsAnsweredItIsClosedBeforeItIsDue() {
    Campaign it = viewers("revoke");
    for (String id : List.of("viewer-list", "viewer-read")) {
      answer(it, id, Answer.KEEP);
    }
    world.operators.is("viewer", OperatorRight.VIEWER);
    all.answer(it, all.assignment(it, "alice"), Answer.KEEP, "");
    world.operators.is("olga", OperatorRight.OWNER);
    Closed closed = closed(it);
    assertThat(closed.counts()).isEqualTo(new Counts(3, 3, 0, 0, 0));
    assertThat(closed.draft()).as("none was needed").isEmpty();
    assertThat(world.repository.drafts().open()).isEmpty();
  }

  @Test
  void whatChangedSinceIsListedAndNotRevoked() {
    Campaign it = viewers("revoke");
    Permission list = world.permission("viewer", "viewer-list", "GET", "/orders");
    var noted =
        new Permission(
            list.id(),
            list.role(),
            list.effect(),
            list.api(),
            list.stage(),
            list.actions(),
            list.resource(),
            list.condition(),
            list.validity(),
            "OPS-1");
    world.behind(Change.alter(new PolicyRow.OfPermission(list), new PolicyRow.OfPermission(noted)));
    Assignment alice = assignment("viewer", "alice");
    world.behind(Change.remove(new PolicyRow.OfAssignment(alice)));
    world.behind(Change.add(new PolicyRow.OfAssignment(alice)));
    due();
    Closed closed = closed(it);
    assertThat(closed.counts()).isEqualTo(new Counts(3, 0, 1, 2, 3));
    assertThat(world.repository.drafts().find(closed.draft()).orElseThrow().changes())
        .extracting(change -> change.key().text())
        .containsExactly("C#viewer#a1b2c3d4e5#viewer-read");
    assertThat(report(it).subList(1, 4))
        .extracting(line -> ((ReportLine.Of) line).outcome())
        .containsExactly(Outcome.CHANGED_SINCE, Outcome.REVOKED, Outcome.CHANGED_SINCE);
    assertThat(verified().faults()).isEmpty();
  }

  @Test
  void noDefaultTakesADenialAway() {
    Campaign it = all.create(input("ops", "", "viewer", "revoke"));
    due();
    Closed closed = closed(it);
    assertThat(world.repository.drafts().find(closed.draft()).orElseThrow().changes())
        .extracting(change -> change.key().text())
        .contains("C#ops#a1b2c3d4e5#ops-all")
        .noneMatch(key -> key.contains("ops-no-"));
    assertThat(closed.counts().kept()).isEqualTo(3);
  }

  @Test
  void whereverClosingDiesRepeatingItDoesNothingTwice() {
    var calls = new AtomicInteger();
    all.before(method -> calls.incrementAndGet());
    Campaign whole = viewers("revoke");
    due();
    calls.set(0);
    closed(whole);
    int writes = calls.get();
    assertThat(writes).isGreaterThan(8);
    for (int die = 1; die <= writes; die++) {
      world = new World();
      all = new Campaigns(world);
      Campaign it = viewers("revoke");
      due();
      calls.set(0);
      int at = die;
      all.before(
          method -> {
            if (calls.incrementAndGet() == at) {
              throw new StoreException.Unavailable("died at " + method, null);
            }
          });
      assertThatThrownBy(() -> all.closing.close(it.id(), AsSeen.WHATEVER))
          .as("at " + die)
          .isInstanceOf(StoreException.Unavailable.class);
      all.before(method -> {});
      world.clock.advance(Duration.ofMinutes(1));
      Closed closed = closed(it);
      assertThat(closed.counts()).as("at " + die).isEqualTo(new Counts(3, 0, 3, 0, 3));
      assertThat(world.repository.drafts().open()).as("at " + die).hasSize(1);
      assertThat(world.repository.drafts().find(closed.draft()).orElseThrow().steps()).hasSize(1);
      assertThat(verified().faults()).as("at " + die).isEmpty();
      assertThat(recorded(ActivityKind.REVIEW_CLOSED))
          .as("at " + die)
          .allSatisfy(
              entry -> assertThat(entry.details()).containsEntry("sha256", closed.sha256()));
    }
  }

  @Test
  void aDraftThatWasBegunWithoutItsEditIsOpenedAgainHoweverItsOwnerLeftIt() {
    for (boolean discarded : List.of(true, false)) {
      world = new World();
      world.operators.is("olga", OperatorRight.OWNER);
      all = new Campaigns(world);
      Campaign it = viewers("revoke");
      due();
      String draft = "half";
      var closing = new Closing("olga", world.clock.instant(), draft);
      AccessReviews reviews = world.repository.reviews();
      var _ = reviews.begin(it.id(), closing, reviews.tally(it.id()));
      Draft begun = world.repository.drafts().create(draft, "autumn", "olga");
      if (discarded) {
        world.repository.drafts().setState(draft, Draft.State.DISCARDED);
      } else {
        var own =
            Change.remove(
                new PolicyRow.OfPermission(
                    world.repository.live().permission(new PermissionId("clerk-create")).stream()
                        .map(StampedPermission::permission)
                        .findFirst()
                        .orElseThrow()));
        world
            .repository
            .drafts()
            .append(
                begun, new DraftStep.Edit(world.clock.instant(), "olga", "her own", List.of(own)));
      }
      Closed closed = closed(it);
      assertThat(closed.counts())
          .as("discarded: " + discarded)
          .isEqualTo(new Counts(3, 0, 3, 0, 3));
      assertThat(world.repository.drafts().open()).extracting(Draft::id).containsExactly(draft);
      assertThat(world.repository.drafts().find(draft).orElseThrow().changes())
          .as("discarded: " + discarded)
          .hasSize(discarded ? 3 : 4);
      assertThat(closed(it)).as("once more").isEqualTo(closed);
    }
  }

  /** Of an answer that is taken back at that moment one is told that the other was faster. */
  @Test
  void eitherTheClosingWinsOrWhatIsTakenBackMeanwhile() {
    for (String at : List.of("lines", "begin", "addReport")) {
      world = new World();
      all = new Campaigns(world);
      Campaign it = viewers("revoke");
      keepAll(it);
      var took = new ArrayList<Answered>();
      due();
      all.before(
          method -> {
            if (method.equals(at) && took.isEmpty()) {
              took.add(new Answered.Done(List.of()));
              world.operators.is("viewer", OperatorRight.VIEWER);
              took.set(0, takenBack(it));
              world.operators.is("olga", OperatorRight.OWNER);
            }
          });
      world.operators.is("olga", OperatorRight.OWNER);
      CloseResult closed = all.closing.close(it.id(), AsSeen.WHATEVER);
      all.before(method -> {});
      if (at.equals("addReport")) {
        assertThat(took.getFirst()).as(at).isInstanceOf(Answered.Refused.class);
        assertThat(((CloseResult.Done) closed).closed().counts().defaulted()).isZero();
      } else {
        assertThat(took.getFirst()).as(at).isInstanceOf(Answered.Done.class);
        assertThat(((CloseResult.Refused) closed).why())
            .as(at)
            .extracting(Objection::code)
            .containsExactly("review-close-moved");
        assertThat(recorded(ActivityKind.REVIEW_CLOSING))
            .as(at)
            .hasSize(2)
            .last()
            .satisfies(
                entry ->
                    assertThat(entry.details())
                        .containsEntry("change", "not closed: answers came between"));
        assertThat(closed(it).counts().defaulted()).as("closed once more").isEqualTo(1);
      }
    }
  }

  private static byte[] bytes(ReportFile report) throws IOException {
    try (report) {
      var out = new ByteArrayOutputStream();
      report.to(out);
      assertThat(out.size()).isEqualTo((int) report.bytes());
      return out.toByteArray();
    }
  }

  @Test
  void aReportIsTakenAwayWholeOrNotAtAll() throws IOException {
    Campaign it = viewers("revoke");
    due();
    assertThat(all.closing.report(it.id(), "csv")).as("not closed").isEmpty();
    Closed closed = closed(it);
    assertThat(Sha256.hex(bytes(all.closing.report(it.id(), ReportFile.AS_RECORDED).orElseThrow())))
        .isEqualTo(closed.sha256());
    ReportFile csv = all.closing.report(it.id(), "csv").orElseThrow();
    assertThat(new String(bytes(csv), UTF_8).lines()).as("a header and three lines").hasSize(4);
    assertThat(csv.file()).doesNotExist();
    for (String as : List.of(ReportFile.AS_RECORDED, "csv", "jsonl", "xlsx")) {
      var line = new AtomicInteger();
      all.shown(
          visit ->
              text -> {
                if (line.incrementAndGet() == 3) {
                  throw new StoreException.Unavailable("down midway", null);
                }
                visit.accept(text);
              });
      assertThatThrownBy(() -> all.closing.report(it.id(), as))
          .as(as)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessage("down midway");
      for (String instead : List.of("", "another")) {
        line.set(0);
        all.shown(
            visit ->
                text -> {
                  String shown =
                      instead.isEmpty() ? "" : text.replace("\"outcome\":\"revoked\"", instead);
                  visit.accept(line.incrementAndGet() == 3 ? shown : text);
                });
        assertThatThrownBy(() -> all.closing.report(it.id(), as))
            .as(as + " of a damaged line `" + instead + "`")
            .isInstanceOf(StoreException.class);
      }
      line.set(0);
      all.shown(
          visit ->
              text -> {
                if (line.incrementAndGet() < 5) {
                  visit.accept(text);
                }
              });
      assertThatThrownBy(() -> all.closing.report(it.id(), as))
          .as(as + " without its end")
          .isInstanceOf(StoreException.class);
      all.shown(UnaryOperator.identity());
    }
  }

  private void keepAll(Campaign it) {
    world.operators.is("viewer", OperatorRight.VIEWER);
    all.lines(it)
        .forEach(
            line ->
                assertThat(all.answer(it, line, Answer.KEEP, "right"))
                    .isInstanceOf(Answered.Done.class));
  }

  private Answered takenBack(Campaign it) {
    return all.answer(it, all.lines(it).getFirst(), null, "");
  }

  private static AsSeen seen(ClosePlan plan) {
    return AsSeen.oneOf(List.of(plan.state()));
  }

  @Test
  void whatWasShownIsClosedAndNothingElse() {
    Campaign it = viewers("revoke");
    keepAll(it);
    due();
    world.operators.is("olga", OperatorRight.OWNER);
    ClosePlan shown = all.closing.plan(it.id()).orElseThrow();
    world.operators.is("viewer", OperatorRight.VIEWER);
    assertThat(takenBack(it)).isInstanceOf(Answered.Done.class);
    world.operators.is("olga", OperatorRight.OWNER);
    assertThat(all.closing.close(it.id(), seen(shown))).isInstanceOf(CloseResult.Refused.class);
    assertThat(world.repository.reviews().closing(it.id())).isEmpty();
    ClosePlan again = all.closing.plan(it.id()).orElseThrow();
    assertThat(again.defaulted()).isEqualTo(1);
    assertThat(all.closing.close(it.id(), seen(again))).isInstanceOf(CloseResult.Done.class);
  }

  @Test
  void aRepeatAfterSomebodyPublishedRevokesWhatTheDraftSays() {
    Campaign it = viewers("revoke");
    due();
    all.before(
        method -> {
          if (method.equals("addReport")) {
            throw new StoreException.Unavailable("died", null);
          }
        });
    assertThatThrownBy(() -> all.closing.close(it.id(), AsSeen.WHATEVER))
        .isInstanceOf(StoreException.Unavailable.class);
    all.before(method -> {});
    world.behind(Change.remove(new PolicyRow.OfAssignment(assignment("viewer", "alice"))));
    assertThat(closed(it).counts().revoked()).isEqualTo(3);
    assertThat(world.repository.drafts().open()).hasSize(1);
  }

  @Test
  void anotherOwnerComesToTheEndOfWhatSomebodyBegan() {
    Campaign it = viewers("revoke");
    due();
    all.before(
        method -> {
          if (method.equals("addReport")) {
            throw new StoreException.Unavailable("died", null);
          }
        });
    assertThatThrownBy(() -> all.closing.close(it.id(), AsSeen.WHATEVER))
        .isInstanceOf(StoreException.Unavailable.class);
    all.before(method -> {});
    assertThat(all.reviews.campaign(it.id()).orElseThrow().stage(world.clock.instant()))
        .isEqualTo(CampaignState.Stage.CLOSING);
    world.operators.is("otto", OperatorRight.OWNER);
    closed(it);
    ReportLine.Begin begin = (ReportLine.Begin) report(it).getFirst();
    assertThat(begin.closing().by()).as("who began").isEqualTo("olga");
    assertThat(all.reviews.campaign(it.id()).orElseThrow().stage(world.clock.instant()))
        .isEqualTo(CampaignState.Stage.CLOSED);
  }

  @Test
  void whoMayClose() {
    world.operators.is("ben", OperatorRight.APPROVER);
    Campaign it =
        ((Created.Done) all.reviews.create(input("viewer", "", "viewer", "keep"))).campaign();
    due();
    for (OperatorRight right :
        List.of(OperatorRight.VIEWER, OperatorRight.EDITOR, OperatorRight.AUDITOR)) {
      world.operators.is("ben", right);
      assertThatThrownBy(() -> all.closing.close(it.id(), AsSeen.WHATEVER))
          .isInstanceOf(NotPermittedException.class);
    }
    world.operators.is("approver", OperatorRight.APPROVER);
    assertThat(codes(it)).containsExactly("review-close-who");
    world.operators.is("ben", OperatorRight.APPROVER);
    closed(it);
    assertThat(all.closing.close("x", AsSeen.WHATEVER)).isInstanceOf(CloseResult.Refused.class);
  }

  @Test
  void limitsOfWhoeverClosesHold() {
    world.operators.is("ben", OperatorRight.APPROVER);
    Campaign it =
        ((Created.Done) all.reviews.create(input("viewer", "", "viewer", "revoke"))).campaign();
    world.behind(Change.add(new PolicyRow.OfOperator(new Rules.OperatorLimit("ben", Set.of()))));
    due();
    world.operators.is("ben", OperatorRight.APPROVER);
    assertThat(codes(it)).containsExactly("operator-limit");
    assertThat(world.repository.reviews().closing(it.id())).as("nothing has begun").isEmpty();
    assertThat(world.repository.drafts().open()).isEmpty();
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    Campaign it = viewers("revoke");
    due();
    world.logFails(true);
    assertThatThrownBy(() -> all.closing.close(it.id(), AsSeen.WHATEVER))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(world.repository.reviews().closing(it.id())).isEmpty();
    assertThat(world.repository.drafts().open()).isEmpty();
  }
}
