package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.analysis.DocumentChange;
import dev.grantway.analysis.Emitted;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a draft does to the documents that API Gateway is handed, and to findings. */
class DocumentReviewTest {
  private static final Sentence LABEL = Sentence.of("label.permission.add", "x");
  private World world = new World();

  private Change allow(String role, String id, String method, String resource) {
    return Change.add(new PolicyRow.OfPermission(world.permission(role, id, method, resource)));
  }

  private String stage(Change... changes) {
    assertThat(world.changes.stage(LABEL, List.of(changes))).isInstanceOf(Staged.Done.class);
    return world.changes.draft().draft().orElseThrow().id();
  }

  private List<DocumentChange> documents(String id) {
    return world.changes.documents(id, 0).changes();
  }

  private static List<String> names(List<DocumentChange> changes) {
    return changes.stream()
        .map(it -> it.origin() + " " + it.roles() + " " + it.stage() + " " + it.route())
        .toList();
  }

  private Outcome publish(String id) {
    return world.publishes.publish(id, world.changes.review(id).draft().hash(), "why");
  }

  private static List<String> codes(Outcome outcome) {
    return ((Outcome.Refused) outcome).why().stream().map(Objection::code).toList();
  }

  private static Set<RoleName> roles(String... names) {
    return Set.copyOf(List.of(names).stream().map(RoleName::new).toList());
  }

  @Test
  void whereNobodyReportedTheDocumentOfTheWholeStageIsCompared() {
    String id = stage(allow("support", "x", "POST", "/orders/{id}/refunds"));
    assertThat(names(documents(id))).containsExactly("ROLE [support] prod ", "ROLE [support] dev ");
    DocumentChange change = documents(id).getFirst();
    assertThat(change.reported()).isFalse();
    assertThat(change.cacheKey()).isEqualTo("token");
    Emitted before = change.before().orElseThrow();
    Emitted after = change.after().orElseThrow();
    assertThat(before.bytes()).isEqualTo(before.json().length());
    assertThat(after.bytes()).isEqualTo(after.json().length()).isGreaterThan(before.bytes());
    assertThat(change.difference()).contains("+ ALLOW POST/orders/?*/refunds");
    assertThat(allows(before)).isFalse();
    assertThat(allows(after)).isTrue();
  }

  private static boolean allows(Emitted document) {
    return IamEvaluator.evaluate(
            PolicyDocument.read(document.json()),
            "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/orders/42/refunds",
            IamContext.NONE)
        == Verdict.ALLOW;
  }

  @Test
  void heirsAndRoleSetsThatWereSeenOrAreAssignedAreLookedAtAndNobodyElse() {
    world.heartbeat("i1", "token", 8_192, Set.of(roles("viewer", "finance"), roles("ops")));
    String id =
        stage(
            allow("viewer", "x", "POST", "/orders/{id}/refunds"),
            Change.add(
                new PolicyRow.OfAssignment(
                    new Assignment(
                        new RoleName("ops"), "corp", Assignment.Kind.SUBJECT, "mia", null))),
            Change.add(
                new PolicyRow.OfAssignment(
                    new Assignment(
                        new RoleName("seasonal"), "corp", Assignment.Kind.SUBJECT, "mia", null))));
    List<String> prod =
        names(documents(id)).stream().filter(name -> name.contains(" prod ")).toList();
    assertThat(prod)
        .contains("ROLE [viewer] prod ", "ROLE [support] prod ", "ASSIGNED [ops, seasonal] prod ")
        .noneMatch(name -> name.startsWith("ROLE [ops]"));
    // Finance may refund anyhow, so its document with viewer stays as it was.
    assertThat(prod).doesNotContain("SEEN [finance, viewer] prod ");
    world.changes.discard(id, AsSeen.WHATEVER);
    String another = stage(allow("viewer", "y", "GET", "/customers"));
    assertThat(names(documents(another))).contains("SEEN [finance, viewer] prod ");
  }

  @Test
  void underTokenAndRouteTheDocumentsOfTheRoutesAreCompared() {
    world.heartbeat("i1", "token+route", 8_192, Set.of());
    String id = stage(allow("support", "x", "POST", "/orders/{id}/refunds"));
    assertThat(names(documents(id)))
        .containsExactly("ROLE [support] prod POST /orders/{id}/refunds", "ROLE [support] dev ");
    assertThat(documents(id).getFirst().reported()).isTrue();
  }

  @Test
  void whereNothingIsCachedThereIsNoDocumentToCompare() {
    world.heartbeat("i1", "none", 8_192, Set.of());
    String id = stage(allow("support", "x", "POST", "/orders/{id}/refunds"));
    assertThat(names(documents(id))).containsExactly("ROLE [support] dev ");
  }

  @Test
  void aDocumentThatGrowsOverTheBudgetOfAnInstanceIsFlaggedAndRefusedUnlessWaived() {
    String id = stage(allow("support", "x", "POST", "/orders/{id}/refunds"));
    Emitted before = documents(id).getFirst().before().orElseThrow();
    world.heartbeat("i1", "token", Math.max(256, before.bytes()), Set.of());
    Review review = world.changes.review(id);
    assertThat(review.risks()).extracting(Risk::kind).contains(Risk.Kind.OVERSIZED);
    assertThat(documents(id).getFirst().after().orElseThrow().fit())
        .isEqualTo(Emitted.Fit.OVERSIZED);
    var refused = (Outcome.Refused) publish(id);
    assertThat(refused.why()).extracting(Objection::code).containsExactly("oversized");
    assertThat(refused.says().getFirst().in(Locale.ENGLISH))
        .contains("who holds `support` on `orders/prod`", "waive `oversized support@orders/prod`");
    Instant until = world.clock.instant().plus(Duration.ofDays(1));
    world.behind(
        Change.add(
            new PolicyRow.OfWaiver(
                new Rules.Waiver("oversized support@orders/prod", "olga", until, "for now"))));
    assertThat(world.changes.review(id).misfits()).isEmpty();
    world.pass(Duration.ofDays(1));
    world.heartbeat("i1", "token", Math.max(256, before.bytes()), Set.of());
    assertThat(codes(publish(id))).as("a waiver that is over").containsExactly("oversized");
    world.heartbeat("i1", "token", 8_192, Set.of());
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void whatCouldNotBeSaidBeforeIsNoReasonToRefuse() {
    world.heartbeat("i1", "token", 256, Set.of());
    Permission some =
        world.repository.live().permissions(new RoleName("clerk")).getLast().permission();
    String id = stage(Change.remove(new PolicyRow.OfPermission(some)));
    assertThat(documents(id).getFirst().before().orElseThrow().fit())
        .isNotEqualTo(Emitted.Fit.EXACT);
    assertThat(world.changes.review(id).misfits()).isEmpty();
    world.changes.discard(id, AsSeen.WHATEVER);
    String more = stage(allow("clerk", "x", "POST", "/orders/{id}/refunds"));
    assertThat(world.changes.review(more).misfits()).as("it leaves out more").isNotEmpty();
  }

  /** Depths one and three of three: the `*` between them takes the second as well. */
  @Test
  void whatNoDocumentCanSayIsRefusedWhereInstancesReportTheTokenAsKey() {
    List<Route> routes =
        List.of("GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}").stream()
            .map(Route::parse)
            .toList();
    var api =
        new Api(
            World.ORDERS, "orders", List.of("prod"), new RouteTable(ApiType.REST, routes), true);
    var role = new Role("support", new RoleName("support"), "", "", new TreeSet<>());
    Permission first = world.permission("support", "one", "GET", "/u/{x}");
    world =
        new World(new Policy(List.of(api), List.of(role), List.of(first), List.of(), Rules.NONE));
    String id = stage(allow("support", "three", "GET", "/u/{x}/{y}/{z}"));
    assertThat(documents(id).getFirst().after().orElseThrow().fit())
        .isEqualTo(Emitted.Fit.NOT_REPRESENTABLE);
    assertThat(world.changes.review(id).misfits()).as("nobody reported that key").isEmpty();
    world.heartbeat("i1", "token", 8_192, Set.of());
    assertThat(world.changes.review(id).risks())
        .extracting(Risk::kind)
        .contains(Risk.Kind.NOT_REPRESENTABLE);
    assertThat(codes(publish(id))).containsExactly("not-representable");
    world.heartbeat("i1", "token+route", 8_192, Set.of());
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void findingsAreIntroducedAndResolved() {
    String id = stage(allow("support", "typo", "GET", "/ordrs"));
    assertThat(world.changes.review(id).findings().introduced())
        .extracting(it -> it.code().text() + " " + it.about().text())
        .containsExactly("unreachable typo");
    assertThat(publish(id)).isInstanceOf(Outcome.Published.class);
    Permission typo = world.permission("support", "typo", "GET", "/ordrs");
    String mend = stage(Change.remove(new PolicyRow.OfPermission(typo)));
    assertThat(world.changes.review(mend).findings().introduced()).isEmpty();
    assertThat(world.changes.review(mend).findings().resolved())
        .extracting(it -> it.code().text())
        .containsExactly("unreachable");
  }

  @Test
  void aPermissionOrRoleThatComesAgainIsFlagged() {
    Permission x = world.permission("support", "x", "GET", "/customers");
    String first = stage(Change.add(new PolicyRow.OfPermission(x)));
    assertThat(world.changes.review(first).risks()).isEmpty();
    assertThat(publish(first)).isInstanceOf(Outcome.Published.class);
    assertThat(publish(stage(Change.remove(new PolicyRow.OfPermission(x)))))
        .isInstanceOf(Outcome.Published.class);
    Permission again = world.permission("viewer", "x", "GET", "/customers");
    String id = stage(Change.add(new PolicyRow.OfPermission(again)));
    assertThat(world.changes.review(id).risks())
        .extracting(it -> it.kind() + " " + it.about().in(Locale.ENGLISH))
        .containsExactly(
            "AGAIN permission x was there before and was deleted: what was agreed of it then is not"
                + " what it says now");
  }

  @Test
  void anInvariantIsAskedOfTheRoleSetsThatWereSeen() {
    Policy sample = World.sample();
    var both =
        new Rules.Invariant(
            "no-self-refund",
            World.ORDERS,
            new Rules.Invariant.Claim.NeverBoth("POST /orders", "POST /orders/{id}/refunds"),
            List.of("ops"));
    world =
        new World(
            new Policy(
                sample.apis(),
                sample.roles(),
                sample.permissions().stream()
                    .filter(it -> !it.role().equals(new RoleName("finance")))
                    .toList(),
                List.of(),
                new Rules(
                    List.of(both), List.of(), List.of(), List.of(), Rules.Retention.EVERYTHING)));
    String id = stage(allow("finance", "x", "POST", "/orders/{id}/refunds"));
    assertThat(world.changes.review(id).broken()).as("no role has both").isEmpty();
    world.heartbeat("i1", "token+route", 8_192, Set.of(roles("clerk", "finance")));
    assertThat(world.changes.review(id).broken())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.message())
                    .contains("no-self-refund", "a caller with roles `clerk`, `finance`"));
    assertThat(codes(publish(id))).containsExactly("broken-invariant");
    world.operators.is("olga", OperatorRight.OWNER);
    assertThat(
            codes(
                world.publishes.breakGlass(id, world.changes.review(id).draft().hash(), "on fire")))
        .containsExactly("broken-invariant");
  }
}
