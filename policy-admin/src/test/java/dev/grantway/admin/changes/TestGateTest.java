package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.RoleEdits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The policy's tests: policy data themselves, and asked wherever a draft goes on. */
class TestGateTest {
  private static final Sentence LABEL = Sentence.of("label.permission.add", "x");
  private static final String READS = "viewers read an order";
  private World world = new World(World.sample(), sampleTests());

  private static List<PolicyTest> sampleTests() {
    return ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).tests();
  }

  private static World asked(int required, Rules.OperatorLimit... limits) {
    Policy sample = World.sample();
    var rules =
        new Rules(
            List.of(),
            List.of(new Rules.ApprovalRule(World.ORDERS, StageScope.EVERY, required)),
            List.of(),
            List.of(limits),
            Rules.Retention.EVERYTHING);
    return new World(
        new Policy(
            sample.apis(), sample.roles(), sample.permissions(), sample.assignments(), rules),
        sampleTests());
  }

  private Permission without(String id, String role, String resource) {
    return world.denial(role, id, "GET", resource);
  }

  /** Fails the test that viewers read an order. */
  private Change breaking() {
    return Change.add(new PolicyRow.OfPermission(without("no", "viewer", "/orders/{id}")));
  }

  private Change harmless() {
    return Change.add(
        new PolicyRow.OfPermission(world.permission("support", "x", "GET", "/customers")));
  }

  private PolicyTest test(String name) {
    return world.repository.live().tests().stream()
        .filter(test -> test.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static PolicyTest expecting(PolicyTest it, Effect effect) {
    return new PolicyTest(
        it.name(),
        it.caller(),
        it.api(),
        it.stage(),
        it.method(),
        it.path(),
        it.context(),
        effect,
        null,
        "");
  }

  private static Change turned(PolicyTest test) {
    return Change.alter(
        new PolicyRow.OfTest(test), new PolicyRow.OfTest(expecting(test, Effect.DENY)));
  }

  private String stage(Change... changes) {
    assertThat(world.changes.stage(LABEL, List.of(changes))).isInstanceOf(Staged.Done.class);
    return id();
  }

  private String id() {
    return world.changes.draft().draft().orElseThrow().id();
  }

  private Outcome publish(String id) {
    return world.publishes.publish(id, world.changes.review(id).draft().hash(), "why");
  }

  private static List<String> codes(Outcome outcome) {
    return ((Outcome.Refused) outcome).why().stream().map(Objection::code).toList();
  }

  private static List<String> codes(Voiced voiced) {
    return ((Voiced.Refused) voiced).why().stream().map(Objection::code).toList();
  }

  @Test
  void theSamplesTestsHoldAndNameTheirApiById() {
    assertThat(world.repository.live().tests())
        .hasSameSizeAs(sampleTests())
        .allSatisfy(test -> assertThat(test.api()).isNotEqualTo("orders"));
    String id = stage(harmless());
    assertThat(world.changes.review(id).failing()).isEmpty();
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void aDraftThatFailsATestIsNotPublishedAndSaysWhichAndWhy() {
    String id = stage(breaking());
    Review review = world.changes.review(id);
    assertThat(review.failing())
        .containsExactly(
            new FailedTest(READS, "expected ALLOW, got DENY by [no] (explicit-deny)", false));
    assertThat(review.isFailing()).isTrue();
    var refused = (Outcome.Refused) publish(id);
    assertThat(refused.why()).extracting(Objection::code).containsExactly("test-failed");
    assertThat(refused.says().getFirst().in(Locale.ENGLISH))
        .isEqualTo(
            "test `viewers read an order` fails with this draft (expected ALLOW, got DENY by [no]"
                + " (explicit-deny)): correct the draft, or change the test in it if it asks for"
                + " the wrong thing");
    assertThat(world.repository.live().revision()).isEqualTo(1);
  }

  @Test
  void theTestIsChangedInTheSameDraft() {
    String id = stage(breaking(), turned(test(READS)));
    assertThat(world.changes.review(id).failing()).isEmpty();
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
    assertThat(test(READS).expect()).isEqualTo(Effect.DENY);
  }

  @Test
  void whatFailsInTheSameWayAnyhowStopsNobodyAndIsSaid() {
    world.behind(breaking());
    String id = stage(harmless());
    assertThat(world.changes.review(id).failing())
        .containsExactly(
            new FailedTest(READS, "expected ALLOW, got DENY by [no] (explicit-deny)", true));
    assertThat(world.changes.review(id).isFailing()).isFalse();
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void whatFailsOtherwiseThanBeforeOrIsTouchedIsRefused() {
    world.behind(breaking());
    String another =
        stage(Change.add(new PolicyRow.OfPermission(without("no2", "viewer", "/orders/{id}"))));
    assertThat(codes(publish(another))).containsExactly("test-failed");
    world.changes.discard(another, AsSeen.WHATEVER);
    PolicyTest elsewhere = expecting(test(READS), Effect.ALLOW);
    String touched =
        stage(Change.alter(new PolicyRow.OfTest(test(READS)), new PolicyRow.OfTest(elsewhere)));
    assertThat(codes(publish(touched))).containsExactly("test-failed");
  }

  @Test
  void aTestOfAnApiThatIsGoneOrReceivesNoSuchRequestFails() {
    PolicyTest reads = test(READS);
    PolicyTest gone = expecting(reads, Effect.ALLOW).of("nowhere");
    var key =
        new PolicyTest(
            "key",
            reads.caller(),
            reads.api(),
            reads.stage(),
            "CONNECT",
            "sendMessage",
            reads.context(),
            Effect.DENY,
            null,
            "");
    String id =
        stage(
            Change.alter(new PolicyRow.OfTest(reads), new PolicyRow.OfTest(gone)),
            Change.add(new PolicyRow.OfTest(key)));
    assertThat(world.changes.review(id).failing())
        .containsExactly(
            new FailedTest("key", "API `orders` receives no such request", false),
            new FailedTest(READS, "expected ALLOW, got DENY by [] (unknown-api)", false));
  }

  @Test
  void nobodyApprovesOrSchedulesWhatFailsATest() {
    world = asked(1);
    String id = stage(breaking());
    world.operators.is("ben", OperatorRight.APPROVER);
    String hash = world.changes.review(id).draft().hash();
    assertThat(codes(world.approvals.approve(id, hash))).containsExactly("test-failed");
    assertThat(
            codes(
                world.publishes.schedule(
                    id, hash, world.clock.instant().plus(Duration.ofHours(1)), "later")))
        .contains("test-failed");
  }

  @Test
  void aScheduledPublishAsksTheTestsOfItsTime() {
    Instant end = world.clock.instant().plus(Duration.ofMinutes(30));
    Permission plain = world.permission("support", "for-now", "GET", "/customers");
    var shortly = plain.with(plain.condition(), new Validity(null, end));
    PolicyTest reads = test(READS);
    var test =
        new PolicyTest(
            "support lists customers",
            new PolicyTest.Caller("", "", "", List.of(), List.of("support"), Map.of(), List.of()),
            reads.api(),
            "prod",
            "GET",
            "/customers",
            reads.context(),
            Effect.ALLOW,
            null,
            "");
    String id =
        stage(
            Change.add(new PolicyRow.OfPermission(shortly)),
            Change.add(new PolicyRow.OfTest(test)));
    Instant when = world.clock.instant().plus(Duration.ofHours(1));
    assertThat(
            world.publishes.schedule(id, world.changes.review(id).draft().hash(), when, "at night"))
        .isInstanceOf(Voiced.Done.class);
    world.pass(Duration.ofHours(1));
    world.scheduled.publishDue();
    assertThat(world.repository.live().revision()).isEqualTo(1);
    Draft draft = world.repository.drafts().find(id).orElseThrow();
    assertThat(draft.steps().getLast())
        .isInstanceOfSatisfying(
            DraftStep.Unschedule.class,
            step -> assertThat(step.why()).contains("support lists customers"));
    assertThat(world.repository.drafts().due(world.clock.instant()))
        .extracting(DraftRepository.Due::id)
        .isEmpty();
  }

  @Test
  void breakGlassGoesPastTestsAndIsFlagged() {
    String id = stage(breaking());
    world.operators.is("olga", OperatorRight.OWNER);
    String hash = world.changes.review(id).draft().hash();
    assertThat(codes(world.publishes.publish(id, hash, "why"))).containsExactly("test-failed");
    var published = (Outcome.Published) world.publishes.breakGlass(id, hash, "on fire");
    assertThat(published.revision().breakGlass()).isTrue();
  }

  @Test
  void testsAreChangedUnderTheRuleInForceAndByWhoMayChangeTheApi() {
    world = asked(1);
    String id = stage(turned(test("viewers do not search")), Change.remove(row(READS)));
    assertThat(world.changes.review(id).agreement().required()).isEqualTo(1);
    world = asked(0, new Rules.OperatorLimit("ana", Set.of()));
    assertThat(world.changes.stage(LABEL, List.of(Change.remove(row(READS)))))
        .isInstanceOfSatisfying(
            Staged.Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Objection::code)
                    .containsExactly("operator-limit"));
  }

  private PolicyRow row(String name) {
    return new PolicyRow.OfTest(test(name));
  }

  @Test
  void rollingBackBringsTestsBack() {
    String id = stage(Change.remove(row(READS)));
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
    assertThat(world.repository.live().tests()).noneMatch(test -> test.name().equals(READS));
    world.operators.is("olga", OperatorRight.OWNER);
    assertThat(world.changes.rollBack(1)).isInstanceOf(Staged.Done.class);
    assertThat(publish(id())).isInstanceOf(Outcome.Published.class);
    assertThat(test(READS).by()).contains(new TreeSet<>(List.of(new PermissionId("viewer-read"))));
  }

  @Test
  void aRoleThatIsRenamedIsRenamedInItsTests() {
    AsOf live = world.repository.live();
    var viewer = live.role(new RoleName("viewer")).orElseThrow().role();
    String id =
        stage(RoleEdits.rename(live, viewer, new RoleName("reader")).toArray(Change[]::new));
    assertThat(world.changes.review(id).failing()).isEmpty();
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
    assertThat(test(READS).caller().roles()).containsExactly("reader");
  }
}
