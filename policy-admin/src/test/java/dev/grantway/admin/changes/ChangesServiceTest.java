package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.RowKey;
import dev.grantway.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangesServiceTest {
  private static final RoleName SUPPORT = new RoleName("support");
  private static final Sentence LABEL = Sentence.of("label.permission.add", "x");
  private static final PermissionId ITEMS = new PermissionId("support-items");
  private static final PolicyRow APPROVALS =
      new PolicyRow.OfApproval(new Rules.ApprovalRule(World.ORDERS, new StageScope("dev"), 1));
  private World world = new World();

  private Permission refunds() {
    return world.permission("support", "support-refund", "POST", "/orders/{id}/refunds");
  }

  private Staged stageRefunds() {
    return world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfPermission(refunds()))));
  }

  private Outcome publish(String reason) {
    return world.publish(world.changes.draft().hash(), reason);
  }

  private boolean isLive(Permission permission) {
    return world.repository.live().permission(permission.id()).isPresent();
  }

  @Test
  void whatIsEditedWhileADraftIsPublishedStaysInItOpen() {
    stageAdding("first");
    Draft read = world.changes.draft().draft().orElseThrow();
    stageAdding("second");
    var publication =
        new Publication(
            read.changes(), read.base(), read.baseHash(), "ana", List.of(), "why", read.id());
    assertThat(world.repository.publish(publication)).isInstanceOf(PublishResult.Published.class);
    var drafts = new Drafts(world.repository, world.clock);
    drafts.published(read);
    assertThat(world.changes.draft().draft().orElseThrow().id()).isEqualTo(read.id());
    assertThat(world.changes.draft().changes())
        .extracting(change -> change.key().text())
        .singleElement()
        .asString()
        .contains("second");
    drafts.published(world.changes.draft().draft().orElseThrow());
    assertThat(world.changes.drafts()).isEmpty();
  }

  private void stageAdding(String id) {
    world.changes.stage(
        Sentence.of("label.permission.add", id),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("viewer", id, "POST", "/orders/{id}/refunds")))));
  }

  @Test
  void anEditIsStoredInTheDraftAndNotLive() {
    assertThat(stageRefunds()).isInstanceOf(Staged.Done.class);
    assertThat(isLive(refunds())).isFalse();
    var stored = world.repository.drafts().find(world.changes.draft().draft().orElseThrow().id());
    assertThat(stored.orElseThrow().changes()).hasSize(1);
  }

  @Test
  void publishingMakesTheDraftTheNextRevision() {
    stageRefunds();
    assertThat(publish(" refunds for support "))
        .isInstanceOfSatisfying(
            Outcome.Published.class,
            published -> {
              assertThat(published.revision().number()).isEqualTo(2);
              assertThat(published.revision().operator()).isEqualTo("ana");
              assertThat(published.revision().reason()).isEqualTo("refunds for support");
            });
    assertThat(isLive(refunds())).isTrue();
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aPublishNeedsAReason() {
    stageRefunds();
    assertThat(publish("  ")).isInstanceOf(Outcome.Refused.class);
    assertThat(isLive(refunds())).isFalse();
  }

  @Test
  void onlyTheDraftThatWasReviewedIsPublished() {
    stageRefunds();
    String reviewed = world.changes.draft().hash();
    world.changes.stage(
        LABEL,
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("support", "support-more", "GET", "/customers")))));
    assertThat(world.publish(reviewed, "why")).isInstanceOf(Outcome.Moved.class);
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void theReviewNamesWhatIsGainedAlsoByHeirs() {
    world.changes.stage(
        LABEL,
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("viewer", "viewer-history", "GET", "/orders/{id}/history")))));
    Review review = world.changes.review();
    assertThat(review.grants())
        .allMatch(grant -> grant.kind() == GrantChange.Kind.GAINED)
        .allMatch(grant -> grant.route().equals("GET /orders/{id}/history"))
        .allMatch(grant -> grant.stages().equals(List.of("prod", "dev")))
        .extracting(grant -> grant.role().value())
        .containsExactly("clerk", "eu-clerk", "finance", "support", "viewer");
  }

  @Test
  void undoRedoAndDiscardMoveTheDraft() {
    stageRefunds();
    assertThat(world.changes.undo().count()).isZero();
    assertThat(world.changes.redo().count()).isEqualTo(1);
    assertThat(world.changes.discard().count()).isZero();
    assertThat(world.changes.draft().draft()).isEmpty();
  }

  @Test
  void oneRowCanBeTakenBack() {
    stageRefunds();
    world.changes.restore(new PolicyRow.OfPermission(refunds()).key());
    assertThat(world.changes.draft().changes()).isEmpty();
  }

  @Test
  void anUnknownRoleIsRefusedWhenItIsStaged() {
    Permission stray = world.permission("nobody", "stray", "GET", "/orders");
    assertThat(world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfPermission(stray)))))
        .isInstanceOfSatisfying(
            Staged.Refused.class,
            refused ->
                assertThat(refused.why()).extracting(Objection::code).contains("unknown-role"));
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void otherRowsMergeByThemselves() {
    stageRefunds();
    String reviewed = world.changes.draft().hash();
    byBen(Change.add(new PolicyRow.OfPermission(bens())));
    assertThat(world.publish(reviewed, "why")).isInstanceOf(Outcome.Moved.class);
    assertThat(isLive(refunds())).isFalse();
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
    assertThat(isLive(refunds())).isTrue();
    assertThat(isLive(bens())).isTrue();
  }

  @Test
  void theSameRowIsADisputeThatMineCanWin() {
    disputed();
    assertThat(world.changes.draft().disputes()).hasSize(1);
    assertThat(publish("why")).isInstanceOf(Outcome.Moved.class);
    RowKey key = world.changes.draft().disputes().getFirst().key();
    assertThat(world.changes.settle(key, true).disputes()).isEmpty();
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
    assertThat(description()).isEqualTo("mine");
  }

  @Test
  void theSameRowIsADisputeThatTheirsCanWin() {
    disputed();
    RowKey key = world.changes.draft().disputes().getFirst().key();
    assertThat(world.changes.settle(key, false).count()).isZero();
    assertThat(description()).isEqualTo("theirs");
  }

  private void disputed() {
    world.changes.stage(LABEL, List.of(described("mine")));
    byBen(described("theirs"));
  }

  private Change described(String text) {
    var role = world.repository.live().role(SUPPORT).orElseThrow().role();
    var after =
        new dev.grantway.policy.Role(role.id(), role.name(), text, role.owner(), role.inherits());
    return Change.alter(new PolicyRow.OfRole(role), new PolicyRow.OfRole(after));
  }

  private String description() {
    return world.repository.live().role(SUPPORT).orElseThrow().role().description();
  }

  private Permission bens() {
    return world.permission("viewer", "viewer-search", "GET", "/orders/search");
  }

  private void byBen(Change change) {
    world.operators.is("ben", OperatorRight.APPROVER);
    world.changes.stage(LABEL, List.of(change));
    assertThat(publish("ben's reason")).isInstanceOf(Outcome.Published.class);
    world.operators.is("ana", OperatorRight.EDITOR);
  }

  @Test
  void aTableThatIsDownAppliesNothingAndSaysWhatIsInForce() {
    world.changes.inForce();
    stageRefunds();
    String hash = world.changes.draft().hash();
    world.tableFails(new StoreException.Unavailable("down", null));
    assertThat(world.publish(hash, "why"))
        .isInstanceOfSatisfying(
            Outcome.TableDown.class,
            down -> assertThat(down.stillInForce().revision()).isEqualTo(1));
    world.tableFails(null);
    assertThat(isLive(refunds())).isFalse();
    assertThat(world.changes.draft().count()).isEqualTo(1);
  }

  @Test
  void anOutcomeThatIsNotKnownIsNotCalledNothing() {
    stageRefunds();
    String hash = world.changes.draft().hash();
    world.tableFails(new StoreException.OutcomeUnknown(2, null));
    assertThat(world.publish(hash, "why"))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, unknown -> assertThat(unknown.number()).isEqualTo(2));
  }

  @Test
  void everyRowInDisputeIsSettledByItself() {
    world.changes.stage(LABEL, List.of(described("mine")));
    Permission items = world.repository.live().permission(ITEMS).orElseThrow().permission();
    world.changes.stage(LABEL, List.of(Change.remove(new PolicyRow.OfPermission(items))));
    byBen(described("theirs"));
    byBen(noted(items, "theirs"));
    assertThat(world.changes.draft().disputes()).hasSize(2);
    RowKey role = new RowKey.OfRole(SUPPORT);
    assertThat(world.changes.settle(role, false).disputes())
        .extracting(dispute -> dispute.key())
        .containsExactly(new PolicyRow.OfPermission(items).key());
    assertThat(world.changes.settle(new PolicyRow.OfPermission(items).key(), true).disputes())
        .isEmpty();
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
    assertThat(description()).isEqualTo("theirs");
    assertThat(isLive(items)).isFalse();
  }

  private static Change noted(Permission it, String note) {
    return Change.alter(
        new PolicyRow.OfPermission(it),
        new PolicyRow.OfPermission(
            new Permission(
                it.id(),
                it.role(),
                it.effect(),
                it.api(),
                it.stage(),
                it.actions(),
                it.resource(),
                it.condition(),
                it.validity(),
                note)));
  }

  @Test
  void anEditInAnotherTabIsNotLostWhileTheDraftMovesToHead() {
    stageRefunds();
    byBen(Change.add(new PolicyRow.OfPermission(bens())));
    Permission more = world.permission("support", "support-more", "GET", "/customers");
    Draft open = world.repository.drafts().open().getFirst();
    Draft read = world.repository.drafts().find(open.id()).orElseThrow();
    world.beforeNextStep(
        () ->
            world
                .repository
                .drafts()
                .append(
                    read,
                    new DraftStep.Edit(
                        World.START,
                        "ana",
                        "in another tab",
                        List.of(Change.add(new PolicyRow.OfPermission(more))))));
    assertThat(world.changes.draft().changes())
        .extracting(change -> change.key())
        .containsExactlyInAnyOrder(
            new PolicyRow.OfPermission(refunds()).key(), new PolicyRow.OfPermission(more).key());
  }

  private static List<String> codes(Staged staged) {
    return ((Staged.Refused) staged).why().stream().map(Objection::code).toList();
  }

  private static List<String> codes(Outcome outcome) {
    return ((Outcome.Refused) outcome).why().stream().map(Objection::code).toList();
  }

  @Test
  void rulesAreAnOwnersAlone() {
    world.operators.is("ben", OperatorRight.APPROVER);
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(codes(world.changes.stage(LABEL, List.of(Change.add(APPROVALS)))))
        .containsExactly("owners-rule");
    assertThat(world.changes.draft().count()).isZero();
    world.operators.is("ana", OperatorRight.OWNER);
    assertThat(world.changes.stage(LABEL, List.of(Change.add(APPROVALS))))
        .isInstanceOf(Staged.Done.class);
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void whoIsNoOwnerAnyMorePublishesNoRuleAndMayTakeItBack() {
    world.operators.is("ana", OperatorRight.OWNER);
    world.changes.stage(LABEL, List.of(Change.add(APPROVALS)));
    world.operators.is("ana", OperatorRight.APPROVER);
    assertThat(codes(publish("why"))).containsExactly("owners-rule");
    assertThat(world.repository.head().revision()).isEqualTo(1);
    assertThat(world.changes.restore(APPROVALS.key())).isInstanceOf(Staged.Done.class);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void anInvariantIsForWhoeverDrafts() {
    var look =
        new Rules.Invariant(
            "look",
            World.ORDERS,
            new Rules.Invariant.Claim.Always(SUPPORT, "GET /orders/{id}"),
            List.of());
    assertThat(world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfInvariant(look)))))
        .isInstanceOf(Staged.Done.class);
  }

  @Test
  void limitsThatCameAfterTheEditHoldWhenItIsPublished() {
    stageRefunds();
    world.operators.is("olga", OperatorRight.OWNER);
    var limit = new Rules.OperatorLimit("ana", Set.of(new ApiId("other")));
    world.changes.stage(LABEL, List.of(Change.add(new PolicyRow.OfOperator(limit))));
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(codes(publish("why"))).containsOnly("operator-limit");
    assertThat(isLive(refunds())).isFalse();
  }

  @Test
  void aRuleThatAsksForApprovalsStopsThePublish() {
    Policy sample = World.sample();
    Rules rules =
        new Rules(
            List.of(),
            List.of(new Rules.ApprovalRule(World.ORDERS, StageScope.EVERY, 1)),
            List.of(),
            List.of(),
            Rules.Retention.EVERYTHING);
    world =
        new World(
            new Policy(
                sample.apis(), sample.roles(), sample.permissions(), sample.assignments(), rules));
    stageRefunds();
    assertThat(publish("why"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("approval-required", "publish-approved"));
  }

  /** The sample's rule of `billing`, to which `cashier` leads by what it inherits. */
  @Test
  void aRuleIsAskedByWhatReachesItsApi() {
    var billing = new ApiId("b1l2l3i4n5");
    assertThat(approvalsFor(described("support", "x"))).isZero();
    assertThat(approvalsFor(described("biller", "x"))).isOne();
    assertThat(approvalsFor(described("cashier", "x"))).isOne();
    assertThat(approvalsFor(inheriting("support", "biller"))).isOne();
    assertThat(approvalsFor(inheriting("support", "clerk"))).isZero();
    assertThat(approvalsFor(assigned("clerk"))).isZero();
    assertThat(approvalsFor(assigned("cashier"))).isOne();
    assertThat(approvalsFor(Change.add(APPROVALS))).isZero();
    var rule = new Rules.ApprovalRule(billing, new StageScope("prod"), 0);
    assertThat(approvalsFor(Change.add(new PolicyRow.OfApproval(rule)))).isOne();
    var look = new Rules.Invariant.Claim.Always(SUPPORT, "GET /invoices");
    for (ApiId api : List.of(World.ORDERS, billing)) {
      var invariant = new PolicyRow.OfInvariant(new Rules.Invariant("look", api, look, List.of()));
      assertThat(approvalsFor(Change.add(invariant))).isEqualTo(api.equals(billing) ? 1 : 0);
    }
    var limit = new Rules.OperatorLimit("vic", Set.of(World.ORDERS));
    assertThat(approvalsFor(Change.add(new PolicyRow.OfOperator(limit))))
        .as("nobody may call more or less")
        .isZero();
  }

  private int approvalsFor(Change change) {
    world.operators.is("ana", OperatorRight.OWNER);
    assertThat(world.changes.stage(LABEL, List.of(change))).isInstanceOf(Staged.Done.class);
    int approvals = world.changes.review().agreement().required();
    world.changes.discard();
    return approvals;
  }

  private Change described(String name, String text) {
    var role = world.repository.live().role(new RoleName(name)).orElseThrow().role();
    return Change.alter(
        new PolicyRow.OfRole(role),
        new PolicyRow.OfRole(
            new Role(role.id(), role.name(), text, role.owner(), role.inherits())));
  }

  private Change inheriting(String name, String inherited) {
    var role = world.repository.live().role(new RoleName(name)).orElseThrow().role();
    var inherits = new TreeSet<>(role.inherits());
    inherits.add(new RoleName(inherited));
    return Change.alter(
        new PolicyRow.OfRole(role),
        new PolicyRow.OfRole(
            new Role(role.id(), role.name(), role.description(), role.owner(), inherits)));
  }

  private static Change assigned(String role) {
    return Change.add(
        new PolicyRow.OfAssignment(
            new Assignment(new RoleName(role), "dev", Assignment.Kind.SUBJECT, "alice", null)));
  }

  @Test
  void anOperatorsLimitsHoldForEveryEdit() {
    Policy sample = World.sample();
    Rules rules =
        new Rules(
            List.of(),
            List.of(),
            List.of(),
            List.of(new Rules.OperatorLimit("ana", Set.of(new ApiId("other")))),
            Rules.Retention.EVERYTHING);
    world =
        new World(
            new Policy(
                sample.apis(), sample.roles(), sample.permissions(), sample.assignments(), rules));
    assertThat(stageRefunds())
        .isInstanceOfSatisfying(
            Staged.Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("operator-limit"));
  }

  private static PolicyRow viewersNeverPost() {
    return new PolicyRow.OfInvariant(
        new Rules.Invariant(
            "viewers-never-post",
            World.ORDERS,
            new Rules.Invariant.Claim.NeverRole(
                new RoleName("viewer"), Set.of(Action.POST), ResourcePattern.parse("/**")),
            List.of()));
  }

  private Change viewersPost() {
    return Change.add(
        new PolicyRow.OfPermission(world.permission("viewer", "viewer-post", "POST", "/orders")));
  }

  @Test
  void aDraftThatBreaksAnInvariantIsNotPublished() {
    byBen(Change.add(viewersNeverPost()));
    world.changes.stage(LABEL, List.of(viewersPost()));
    assertThat(world.changes.review().broken())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains("viewers-never-post", "viewer-post"));
    long head = world.repository.head().revision();
    assertThat(publish("why"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("broken-invariant"));
    assertThat(world.repository.head().revision()).isEqualTo(head);
  }

  @Test
  void anInvariantHasToHoldWhereItIsBegun() {
    byBen(viewersPost());
    world.changes.stage(LABEL, List.of(Change.add(viewersNeverPost())));
    assertThat(world.changes.review().broken()).hasSize(1);
  }

  @Test
  void whatWasBrokenBeforeKeepsNobodyFromMendingIt() {
    world.behind(Change.add(viewersNeverPost()));
    world.behind(viewersPost());
    stageRefunds();
    assertThat(world.changes.review().broken()).isEmpty();
    assertThat(publish("why")).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void aWaivedInvariantMayBeBroken() {
    world.behind(Change.add(viewersNeverPost()));
    world.behind(
        Change.add(
            new PolicyRow.OfWaiver(
                new Rules.Waiver(
                    "broken-invariant viewers-never-post",
                    "olga",
                    world.clock.instant().plusSeconds(60),
                    "a drill"))));
    world.changes.stage(LABEL, List.of(viewersPost()));
    assertThat(world.changes.review().broken()).isEmpty();
  }
}
