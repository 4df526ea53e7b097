package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Revision;
import dev.grantway.store.DraftRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four eyes: who may approve what, what an approval binds to, and what a publish asks again. */
class ApprovalServiceTest {
  private static final Sentence LABEL = Sentence.of("label.permission.add", "x");
  private final World world = new World(asked(1));
  private String id = "";

  /** The sample, where every draft for `orders` needs so many approvals. */
  private static Policy asked(int required, Rules.OperatorLimit... limits) {
    Policy sample = World.sample();
    return new Policy(
        sample.apis(),
        sample.roles(),
        sample.permissions(),
        sample.assignments(),
        new Rules(
            List.of(),
            List.of(new Rules.ApprovalRule(World.ORDERS, StageScope.EVERY, required)),
            List.of(),
            List.of(limits),
            Rules.Retention.EVERYTHING));
  }

  @BeforeEach
  void anaDrafts() {
    stage(refunds());
    id = world.changes.draft().draft().orElseThrow().id();
  }

  private Permission refunds() {
    return world.permission("support", "support-refund", "POST", "/orders/{id}/refunds");
  }

  private void stage(Permission permission) {
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(
            world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfPermission(permission)))))
        .isInstanceOf(Staged.Done.class);
  }

  private void ben() {
    world.operators.is("ben", OperatorRight.APPROVER);
  }

  private void olga() {
    world.operators.is("olga", OperatorRight.OWNER);
  }

  private String hash() {
    return world.changes.review(id).draft().hash();
  }

  private Voiced approve() {
    return world.approvals.approve(id, hash());
  }

  private void approvedAndScheduled() {
    ben();
    approve();
    Instant when = world.clock.instant().plus(Duration.ofHours(1));
    assertThat(world.publishes.schedule(id, hash(), when, "at night"))
        .isInstanceOf(Voiced.Done.class);
  }

  private Outcome publish() {
    return world.publishes.publish(id, hash(), "why");
  }

  private static List<String> codes(Outcome outcome) {
    return ((Outcome.Refused) outcome).why().stream().map(Objection::code).toList();
  }

  private static List<String> codes(Voiced voiced) {
    return ((Voiced.Refused) voiced).why().stream().map(Objection::code).toList();
  }

  private static Revision revision(Outcome outcome) {
    return ((Outcome.Published) outcome).revision();
  }

  @Test
  void anApprovedDraftIsPublishedByAnApproverAndTheRecordNamesWhoAgreed() {
    assertThat(codes(publish())).contains("approval-required");
    ben();
    assertThat(approve()).isInstanceOf(Voiced.Done.class);
    Revision revision = revision(publish());
    assertThat(revision.operator()).isEqualTo("ben");
    assertThat(revision.approvers()).containsExactly("ben");
    assertThat(revision.breakGlass()).isFalse();
    assertThat(world.repository.live().permission(refunds().id())).isPresent();
  }

  @Test
  void anEditorDoesNotPublishWhatNeedsApprovals() {
    ben();
    approve();
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(codes(publish())).containsExactly("publish-approved");
  }

  @Test
  void theAuthorNeverCounts() {
    world.operators.is("ana", OperatorRight.OWNER);
    assertThat(codes(approve())).containsExactly("author-approves");
    assertThat(codes(world.approvals.reject(id, hash(), "no"))).containsExactly("author-rejects");
    var forged = world.changes.draft(id).draft().orElseThrow();
    world
        .repository
        .drafts()
        .append(
            forged,
            new DraftStep.Approve(
                world.clock.instant(),
                "ana",
                new dev.grantway.revision.Reviewed(
                    forged.changesHash(), world.changes.review(id).effect().hash())));
    assertThat(world.changes.review(id).agreement().missing()).isEqualTo(1);
    assertThat(codes(publish())).contains("approval-required");
  }

  @Test
  void oneApproverCountsOnce() {
    var two = new World(asked(2));
    two.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfPermission(refunds()))));
    String draft = two.changes.draft().draft().orElseThrow().id();
    two.operators.is("ben", OperatorRight.APPROVER);
    for (int i = 0; i < 2; i++) {
      two.approvals.approve(draft, two.changes.review(draft).draft().hash());
    }
    assertThat(two.changes.review(draft).agreement().missing()).isEqualTo(1);
    two.operators.is("olga", OperatorRight.OWNER);
    two.approvals.approve(draft, two.changes.review(draft).draft().hash());
    assertThat(two.changes.review(draft).agreement().missing()).isZero();
  }

  @Test
  void anEditMakesApprovalsStale() {
    ben();
    approve();
    stage(world.permission("support", "support-more", "GET", "/customers"));
    ben();
    assertThat(world.changes.review(id).agreement().stale()).containsExactly("ben");
    assertThat(codes(publish())).containsExactly("approval-required");
  }

  @Test
  void whatWasLookedAtIsApprovedAndNothingElse() {
    String looked = hash();
    stage(world.permission("support", "support-more", "GET", "/customers"));
    ben();
    assertThat(world.approvals.approve(id, looked)).isInstanceOf(Voiced.Moved.class);
    assertThat(world.changes.review(id).agreement().approvers()).isEmpty();
  }

  @Test
  void aRebaseThatLeavesTheEffectAsItIsKeepsApprovals() {
    ben();
    approve();
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(world.permission("ops", "ops-more", "GET", "/customers"))));
    assertThat(world.changes.review(id).agreement().approvers()).containsExactly("ben");
    assertThat(publish()).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void aRebaseThatMakesTheEffectAnotherDoesNot() {
    ben();
    approve();
    Permission deny =
        new Permission(
            new dev.grantway.policy.PermissionId("support-never"),
            new RoleName("support"),
            dev.grantway.policy.Effect.DENY,
            World.ORDERS,
            StageScope.EVERY,
            Set.of(dev.grantway.resource.Action.POST),
            dev.grantway.resource.ResourcePattern.parse("/orders/{id}/refunds"),
            dev.grantway.policy.Condition.NONE,
            dev.grantway.policy.Validity.ALWAYS,
            "");
    world.behind(Change.add(new PolicyRow.OfPermission(deny)));
    assertThat(world.changes.review(id).effect().grants()).isEmpty();
    assertThat(world.changes.review(id).agreement().stale()).containsExactly("ben");
    assertThat(codes(publish())).containsExactly("approval-required");
  }

  @Test
  void anApprovalOfAnAssignmentBindsToWhatTheRoleMayCall() {
    world.operators.is("ana", OperatorRight.EDITOR);
    world.changes.discard();
    world.changes.stage(
        LABEL,
        List.of(
            Change.add(
                new PolicyRow.OfAssignment(
                    new Assignment(
                        new RoleName("clerk"), "dev", Assignment.Kind.SUBJECT, "mia", null)))));
    id = world.changes.draft().draft().orElseThrow().id();
    ben();
    approve();
    assertThat(world.changes.review(id).effect().holders())
        .singleElement()
        .satisfies(it -> assertThat(it.apis()).containsExactly("orders"));
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                world.permission("clerk", "clerk-more", "DELETE", "/orders/{id}"))));
    assertThat(world.changes.review(id).agreement().stale()).containsExactly("ben");
  }

  @Test
  void aRejectionStandsUntilTheDraftIsEdited() {
    ben();
    approve();
    assertThat(codes(world.approvals.reject(id, hash(), " "))).containsExactly("no-comment");
    assertThat(world.approvals.reject(id, hash(), "too wide")).isInstanceOf(Voiced.Done.class);
    olga();
    approve();
    assertThat(codes(publish())).containsExactly("rejected");
    stage(world.permission("support", "support-more", "GET", "/customers"));
    olga();
    approve();
    assertThat(publish()).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void whoRejectedMayApproveAfterAll() {
    ben();
    world.approvals.reject(id, hash(), "why now?");
    approve();
    assertThat(world.changes.review(id).rejection()).isEmpty();
    assertThat(publish()).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void theRightsOfApproverAndAuthorAreAskedAgainAtPublish() {
    ben();
    approve();
    world.operators.is("ben", OperatorRight.EDITOR);
    olga();
    assertThat(codes(publish())).containsExactly("approval-required");
    ben();
    world.operators.is("ana", OperatorRight.VIEWER);
    olga();
    assertThat(codes(publish())).containsExactly("author-rights");
  }

  @Test
  void anApproverCountsOnlyForApisOfTheirLimits() {
    var limited = new World(asked(1, new Rules.OperatorLimit("ben", Set.of(new ApiId("other1")))));
    limited.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfPermission(refunds()))));
    String draft = limited.changes.draft().draft().orElseThrow().id();
    limited.operators.is("ben", OperatorRight.APPROVER);
    assertThat(
            codes(limited.approvals.approve(draft, limited.changes.review(draft).draft().hash())))
        .containsOnly("operator-limit");
    limited.operators.is("olga", OperatorRight.OWNER);
    limited.approvals.approve(draft, limited.changes.review(draft).draft().hash());
    limited.operators.is("ben", OperatorRight.APPROVER);
    assertThat(
            codes(
                limited.publishes.publish(
                    draft, limited.changes.review(draft).draft().hash(), "why")))
        .as("whoever publishes has limits too")
        .containsOnly("operator-limit");
  }

  @Test
  void anAuthorsLimitsHoldForAssignmentsAndRouteTables() {
    var limited = new World(asked(0, new Rules.OperatorLimit("ana", Set.of(new ApiId("other1")))));
    limited.changes.stage(
        LABEL,
        List.of(
            Change.add(
                new PolicyRow.OfAssignment(
                    new Assignment(
                        new RoleName("clerk"), "dev", Assignment.Kind.SUBJECT, "mia", null)))));
    assertThat(codes(limited.publish(limited.changes.draft().hash(), "why")))
        .containsExactly("operator-limit");
  }

  @Test
  void breakGlassNeedsAnOwnerAndIsFlaggedForEver() {
    ben();
    world.approvals.reject(id, hash(), "no");
    assertThat(catchThrowable(() -> world.publishes.breakGlass(id, hash(), "fire")))
        .isInstanceOf(NotPermittedException.class);
    olga();
    assertThat(codes(world.publishes.breakGlass(id, hash(), " "))).containsExactly("no-reason");
    Revision revision = revision(world.publishes.breakGlass(id, hash(), "fire"));
    assertThat(revision.breakGlass()).isTrue();
    assertThat(world.repository.revision(revision.number()).orElseThrow().breakGlass()).isTrue();
  }

  @Test
  void goingPastARejectionAloneIsFlaggedToo() {
    ben();
    approve();
    olga();
    world.approvals.reject(id, hash(), "no");
    ben();
    approve();
    assertThat(codes(publish())).containsExactly("rejected");
    olga();
    assertThat(revision(world.publishes.breakGlass(id, hash(), "fire")).breakGlass()).isTrue();
  }

  @Test
  void whatNeedsNoGlassBrokenIsNotFlagged() {
    ben();
    approve();
    olga();
    assertThat(revision(world.publishes.breakGlass(id, hash(), "why not")).breakGlass()).isFalse();
  }

  @Test
  void aRuleThatNobodyCanSatisfyIsRefused() {
    ben();
    olga();
    world.changes.begin("rules");
    var rule = new Rules.ApprovalRule(World.ORDERS, new StageScope("dev"), 3);
    assertThat(world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfApproval(rule)))))
        .isInstanceOfSatisfying(
            Staged.Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("approval-unsatisfiable"));
    var two = new Rules.ApprovalRule(World.ORDERS, new StageScope("dev"), 2);
    assertThat(world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfApproval(two)))))
        .isInstanceOf(Staged.Done.class);
  }

  private Change waiver(String owner) {
    Instant until = world.clock.instant().plus(Duration.ofDays(30));
    return Change.add(
        new PolicyRow.OfWaiver(new Rules.Waiver("oversized", owner, until, "for now")));
  }

  @Test
  void aWaiverNamesAnOwnerWhoIsKnownAsOne() {
    ben();
    olga();
    world.changes.begin("waivers");
    for (String nobody : List.of("ben", "olag")) {
      assertThat(world.changes.stage(LABEL, List.of(waiver(nobody))))
          .isInstanceOfSatisfying(
              Staged.Refused.class,
              refused -> {
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("waiver-owner");
                assertThat(refused.says().getFirst().in(Locale.ENGLISH))
                    .contains("`oversized`", "`" + nobody + "`");
              });
    }
    assertThat(world.changes.stage(LABEL, List.of(waiver("olga")))).isInstanceOf(Staged.Done.class);
  }

  @Test
  void whoIsNoOwnerAnyMoreWhenItIsPublishedIsNoOwnerOfAWaiver() {
    world.operators.is("otto", OperatorRight.OWNER);
    olga();
    world.changes.begin("waivers");
    assertThat(world.changes.stage(LABEL, List.of(waiver("otto")))).isInstanceOf(Staged.Done.class);
    world.operators.is("otto", OperatorRight.VIEWER);
    olga();
    assertThat(codes(world.publish(world.changes.draft().hash(), "why")))
        .containsExactly("waiver-owner");
    world.operators.is("otto", OperatorRight.OWNER);
    olga();
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
  }

  @Test
  void aDraftThatChangesARuleIsAskedByTheRuleInForce() {
    ben();
    olga();
    world.changes.begin("rules");
    var now = new Rules.ApprovalRule(World.ORDERS, StageScope.EVERY, 1);
    var none = new Rules.ApprovalRule(World.ORDERS, StageScope.EVERY, 0);
    world.changes.stage(
        LABEL,
        List.of(Change.alter(new PolicyRow.OfApproval(now), new PolicyRow.OfApproval(none))));
    assertThat(codes(world.publish(world.changes.draft().hash(), "why")))
        .containsExactly("approval-required");
  }

  @Test
  void aScheduledPublishAsksEverythingAgainWhenItIsDue() {
    ben();
    Instant when = world.clock.instant().plus(Duration.ofHours(1));
    assertThat(codes(world.publishes.schedule(id, hash(), when, "at night")))
        .containsExactly("approval-required");
    approve();
    assertThat(codes(world.publishes.schedule(id, hash(), world.clock.instant(), "at night")))
        .containsExactly("schedule-time");
    assertThat(world.publishes.schedule(id, hash(), when, "at night"))
        .isInstanceOf(Voiced.Done.class);
    world.pass(Duration.ofMinutes(59));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
    world.pass(Duration.ofMinutes(1));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(2);
    assertThat(world.repository.revision(2).orElseThrow().reason()).isEqualTo("at night");
    assertThat(world.repository.drafts().due(Instant.MAX)).isEmpty();
  }

  @Test
  void whatWasScheduledIsGivenUpWhereItIsNotTheSameAnyMore() {
    approvedAndScheduled();
    stage(world.permission("support", "support-more", "GET", "/customers"));
    world.pass(Duration.ofHours(1));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
    Draft draft = world.changes.draft(id).draft().orElseThrow();
    assertThat(draft.schedule()).isEmpty();
    assertThat(draft.steps().getLast())
        .isInstanceOfSatisfying(
            DraftStep.Unschedule.class, it -> assertThat(it.why()).contains("scheduled"));
    assertThat(world.repository.drafts().due(Instant.MAX)).isEmpty();
  }

  @Test
  void aScheduledPublishAsksForTheRightsOfThatTime() {
    approvedAndScheduled();
    world.operators.is("ben", OperatorRight.VIEWER);
    world.pass(Duration.ofHours(1));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void oneDraftThatCannotBePublishedHoldsUpNoOther() {
    approvedAndScheduled();
    Draft first = world.repository.drafts().create("broken", "zoe");
    var now = world.clock.instant();
    world.repository.drafts().schedule(new DraftRepository.Due(now, first.id()));
    world
        .repository
        .drafts()
        .append(
            first,
            new DraftStep.Schedule(
                now, "zoe", now, "soon", new dev.grantway.revision.Reviewed("", "")));
    // What gives the first one up cannot be stored.
    world.beforeNextStep(
        () -> {
          throw new IllegalStateException("broken");
        });
    world.pass(Duration.ofHours(1));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(2);
  }

  @Test
  void aTimeWhoseStepIsOnItsWayIsWaitedFor() {
    var due = new DraftRepository.Due(world.clock.instant(), id);
    world.repository.drafts().schedule(due);
    world.scheduled.publishDue();
    assertThat(world.repository.drafts().due(Instant.MAX)).containsExactly(due);
    world.pass(Duration.ofMinutes(2));
    world.scheduled.publishDue();
    assertThat(world.repository.drafts().due(Instant.MAX)).isEmpty();
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void aReasonThatNoRevisionHoldsIsRefusedWhenItIsGiven() {
    ben();
    approve();
    String reason = "x".repeat(2001);
    assertThat(codes(world.publishes.publish(id, hash(), reason))).containsExactly("long-reason");
    Instant when = world.clock.instant().plus(Duration.ofHours(1));
    assertThat(codes(world.publishes.schedule(id, hash(), when, reason)))
        .containsExactly("long-reason");
  }

  @Test
  void anEditOfARowThatIsNotAsTheEditSaysIsRefused() {
    world.behind(Change.add(new PolicyRow.OfPermission(refunds())));
    world.operators.is("ana", OperatorRight.EDITOR);
    world.changes.begin("again");
    for (Change edit :
        List.of(
            Change.add(new PolicyRow.OfPermission(refunds())),
            Change.remove(
                new PolicyRow.OfPermission(
                    world.permission("support", "support-none", "GET", "/orders"))))) {
      assertThat(world.changes.stage(LABEL, List.of(edit)))
          .isInstanceOfSatisfying(
              Staged.Refused.class,
              refused ->
                  assertThat(refused.why())
                      .extracting(Objection::code)
                      .containsExactly("outdated"));
    }
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aScheduleIsTakenBack() {
    approvedAndScheduled();
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(world.publishes.unschedule(id)).isInstanceOf(Voiced.Done.class);
    world.pass(Duration.ofHours(2));
    world.scheduled.publishDue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void rollingBackIsADraftThatMakesItAsItWas() {
    ben();
    approve();
    publish();
    Policy before = world.repository.asOf(1).orElseThrow().policy();
    olga();
    assertThat(world.changes.rollBack(1)).isInstanceOf(Staged.Done.class);
    id = world.changes.draft().draft().orElseThrow().id();
    assertThat(world.changes.draft().count()).isEqualTo(1);
    ben();
    approve();
    assertThat(publish()).isInstanceOf(Outcome.Published.class);
    assertThat(world.repository.live().policy()).isEqualTo(before);
  }

  @Test
  void rollingBackToNothingOrToWhatIsThereIsRefused() {
    olga();
    for (long number : new long[] {0, 1, 7}) {
      assertThat(world.changes.rollBack(number))
          .as("%d", number)
          .isInstanceOf(Staged.Refused.class);
    }
    ben();
    assertThat(catchThrowable(() -> world.changes.rollBack(1)))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void oneOperatorHasManyDraftsAndChoosesWhereEditsGo() {
    Draft second = world.changes.begin("second");
    assertThat(world.changes.draft().count()).isZero();
    stage(world.permission("support", "support-more", "GET", "/customers"));
    assertThat(world.changes.draft(id).count()).isEqualTo(1);
    world.changes.choose(id);
    assertThat(world.changes.draft().draft().orElseThrow().id()).isEqualTo(id);
    world.changes.rename(id, "refunds");
    assertThat(world.changes.drafts())
        .extracting(DraftEntry::name, DraftEntry::edited)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("refunds", true),
            org.assertj.core.groups.Tuple.tuple("second", false));
    ben();
    world.changes.rename(second.id(), "mine now");
    world.changes.choose(second.id());
    assertThat(world.changes.drafts()).extracting(DraftEntry::name).doesNotContain("mine now");
    assertThat(world.changes.drafts()).extracting(DraftEntry::edited).containsOnly(false);
  }
}
