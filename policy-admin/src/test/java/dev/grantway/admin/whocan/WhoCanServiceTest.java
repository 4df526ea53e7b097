package dev.grantway.admin.whocan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Moment;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WhoCanServiceTest {
  private static final String REFUND = "POST /orders/{id}/refunds";
  private static final Instant SUMMER = Instant.parse("2027-07-01T00:00:00Z");

  private final World world = new World();
  private final WhoCanService whoCan =
      new WhoCanService(world.repository, world.operators, world.activity, world.clock);

  private Found<RouteAnswer> ask(String route, Moment moment) {
    return whoCan.route(World.ORDERS, "prod", route, moment);
  }

  private RouteAnswer route(String route) {
    return answer(ask(route, Moment.NOW));
  }

  private static <T> T answer(Found<T> found) {
    assertThat(found).isInstanceOf(Found.Answer.class);
    return ((Found.Answer<T>) found).value();
  }

  private static String refused(Found<?> found) {
    assertThat(found).isInstanceOf(Found.Nothing.class);
    return ((Found.Nothing<?>) found).why().in(Locale.ENGLISH);
  }

  private static List<String> names(List<RoleAnswer> roles) {
    return roles.stream().map(it -> it.role().value()).toList();
  }

  private static RoleAnswer of(RouteAnswer answer, String role) {
    return answer.roles().stream()
        .filter(it -> it.role().value().equals(role))
        .findFirst()
        .orElseThrow();
  }

  private void assign(String role, Assignment.Kind kind, String value) {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(new RoleName(role), "corp", kind, value, null))));
  }

  @Test
  void aRouteNamesTheRolesThatAllowItAndThoseThatDenyIt() {
    RouteAnswer refunds = route(REFUND);
    assertThat(names(refunds.roles(Standing.Kind.ALLOWED))).containsExactly("finance");
    assertThat(names(refunds.roles(Standing.Kind.DENIED))).containsExactly("ops");
    assertThat(refunds.roles().size() + refunds.silent())
        .isEqualTo(world.repository.live().policy().roles().size());
    assertThat(refunds.allowed()).isEqualTo(1);
  }

  @Test
  void theReasonSaysWhetherItIsInheritedAndHowWideThePatternIs() {
    RouteAnswer order = route("GET /orders/{id}");
    Because direct = of(order, "viewer").because().getFirst();
    assertThat(direct.isInherited()).isFalse();
    assertThat(direct.breadth()).isEqualTo(Because.Breadth.EXACT);
    assertThat(of(order, "support").because().getFirst().via())
        .containsExactly(new RoleName("support"), new RoleName("viewer"));
    assertThat(of(order, "ops").because().getFirst().breadth()).isEqualTo(Because.Breadth.WIDER);
    assertThat(of(route("PUT /orders/{id}"), "eu-clerk").standing())
        .isEqualTo(new Standing(Standing.Kind.ALLOWED, true));
    assertThat(of(route("GET /users/{sub}/orders"), "customer").because().getFirst().breadth())
        .isEqualTo(Because.Breadth.PART);
  }

  @Test
  void aRequestIsAskedOfTheRouteThatServesIt() {
    assertThat(route("POST /orders/42/refunds").text()).isEqualTo(REFUND);
    assertThat(route("GET /files/a/b").text()).isEqualTo("GET /files/{path+}");
    assertThat(route("GET /orders/search").text()).isEqualTo("GET /orders/search");
    for (String wrong : List.of("POST /nowhere", "BREW /orders", "orders", "", "GET")) {
      assertThat(refused(ask(wrong, Moment.NOW))).contains("`" + wrong + "`");
    }
  }

  @Test
  void whatIsOverOrNotYetIsNotAllowedNow() {
    RoleAnswer now = of(route("POST /orders"), "seasonal");
    assertThat(now.standing()).isEqualTo(new Standing(Standing.Kind.ALLOWED, false));
    world.pass(Duration.between(World.START, SUMMER));
    RouteAnswer later = answer(ask("POST /orders", new Moment.OfInstant(SUMMER)));
    assertThat(of(later, "seasonal").standing()).isEqualTo(Standing.NOT_NOW);
    assertThat(of(later, "seasonal").because()).hasSize(1);
    assertThat(names(later.roles(Standing.Kind.ALLOWED))).doesNotContain("seasonal");
  }

  @Test
  void whatWasReadForOneStageAnswersAnotherByItsOwnPermissions() {
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                new Permission(
                    new PermissionId("viewer-dev"),
                    new RoleName("viewer"),
                    Effect.ALLOW,
                    World.ORDERS,
                    new StageScope("dev"),
                    Set.of(Action.POST),
                    ResourcePattern.parse("/orders/{id}/refunds"),
                    Condition.NONE,
                    Validity.ALWAYS,
                    ""))));
    for (int i = 0; i < 2; i++) {
      assertThat(names(route(REFUND).roles(Standing.Kind.ALLOWED))).containsExactly("finance");
      assertThat(
              names(
                  answer(whoCan.route(World.ORDERS, "dev", REFUND, Moment.NOW))
                      .roles(Standing.Kind.ALLOWED)))
          .contains("finance", "viewer");
    }
  }

  @Test
  void peopleStandByAllRolesThatAreAssignedToThem() {
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    assign("finance", Assignment.Kind.SUBJECT, "tom");
    assign("ops", Assignment.Kind.SUBJECT, "tom");
    assign("viewer", Assignment.Kind.SUBJECT, "zoe");
    assign("finance", Assignment.Kind.GROUP, "money");
    List<HolderAnswer> holders = route(REFUND).holders();
    assertThat(holders.stream().map(it -> it.holder().value() + " " + it.standing().kind()))
        .containsExactly("mia ALLOWED", "money ALLOWED", "tom DENIED");
  }

  @Test
  void anAssignmentThatHasEndedGivesNothing() {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName("finance"),
                    "corp",
                    Assignment.Kind.CLIENT,
                    "batch",
                    Instant.parse("2027-01-01T00:00:00Z")))));
    assertThat(route(REFUND).holders()).hasSize(1);
    assertThatThrownBy(() -> ask(REFUND, new Moment.OfInstant(SUMMER)))
        .isInstanceOf(StoreException.NotYet.class);
    world.pass(Duration.between(World.START, SUMMER));
    assertThat(answer(ask(REFUND, new Moment.OfInstant(SUMMER))).holders()).isEmpty();
  }

  @Test
  void whoeverIsSignedInIsNamedOnce() {
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                world.permission("authenticated", "all-health", "GET", "/reports/daily"))));
    RouteAnswer daily = route("GET /reports/daily");
    assertThat(daily.everybody().standing().isAllowed()).isTrue();
    assertThat(names(daily.roles())).containsExactly("finance", "ops");
    assertThat(daily.allowed()).isEqualTo(daily.roles().size() + daily.silent());
  }

  @Test
  void anyRevisionOrInstantCanBeAsked() {
    world.pass(Duration.ofMinutes(5));
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                world.permission("support", "s", "POST", "/orders/{id}/refunds"))));
    assertThat(names(route(REFUND).roles(Standing.Kind.ALLOWED)))
        .containsExactly("finance", "support");
    assertThat(names(answer(ask(REFUND, new Moment.OfRevision(1))).roles(Standing.Kind.ALLOWED)))
        .containsExactly("finance");
    assertThat(
            names(
                answer(ask(REFUND, new Moment.OfInstant(World.START.plusSeconds(60))))
                    .roles(Standing.Kind.ALLOWED)))
        .containsExactly("finance");
    assertThat(refused(ask(REFUND, new Moment.OfRevision(9)))).contains("nothing was published");
    assertThat(refused(whoCan.route(World.ORDERS, "test", REFUND, Moment.NOW))).contains("`test`");
  }

  @Test
  void aRevisionThatIsNotKeptIsRefusedByName() {
    world.tableFails(new StoreException.NotKept(1, 3));
    assertThat(refused(ask(REFUND, new Moment.OfRevision(1))))
        .isEqualTo("revision 1 is no longer kept: ask for revision 3 or a later one");
  }

  @Test
  void seenRoleSetsSayWhatTheirCallersMayDo() {
    world.heartbeat(
        "one",
        "none",
        8_192,
        Set.of(
            Set.of(new RoleName("finance"), new RoleName("ops")),
            Set.of(new RoleName("finance")),
            Set.of(new RoleName("viewer"))));
    assertThat(route(REFUND).seen().stream().map(it -> it.roles() + " " + it.standing().kind()))
        .containsExactly("[finance] ALLOWED", "[finance, ops] DENIED", "[viewer] NONE");
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(world.permission("support", "s", "GET", "/reports/daily"))));
    assertThat(answer(ask(REFUND, new Moment.OfRevision(1))).seen()).isEmpty();
  }

  @Test
  void membersOfGroupsAreNamedOnceAListIsImported() {
    assign("finance", Assignment.Kind.GROUP, "money");
    assign("ops", Assignment.Kind.SUBJECT, "tom");
    String csv = "issuer,subject,group\ncorp,mia,money\ncorp,tom,money\ncorp,zoe,other\n";
    assertThat(whoCan.memberships()).isEmpty();
    world.pass(Duration.ofHours(1));
    assertThat(taken(csv)).isEqualTo(new Imported.Done(world.clock.instant(), 3));
    assertThat(
            route(REFUND).holders().stream()
                .map(it -> it.holder().value() + " " + it.standing().kind()))
        .containsExactly("mia ALLOWED", "money ALLOWED", "tom DENIED");
    ReachAnswer mia =
        answer(
            whoCan.holder(
                World.ORDERS,
                "prod",
                new Assignment.Holder("corp", Assignment.Kind.SUBJECT, "mia"),
                Moment.NOW));
    assertThat(mia.roles()).containsExactly(new RoleName("finance"));
    assertThat(mia.by().getFirst().value()).isEqualTo("money");
    world.pass(Duration.ofHours(1));
    assertThat(taken("issuer,subject,group\n"))
        .isEqualTo(new Imported.Done(world.clock.instant(), 0));
    assertThat(heldByMia(Moment.NOW).value().roles()).isEmpty();
    Found.Answer<ReachAnswer> then =
        heldByMia(new Moment.OfInstant(world.clock.instant().minusSeconds(1)));
    assertThat(then.value()).isEqualTo(mia);
    assertThat(whoCan.memberships(then).orElseThrow().rows()).isEqualTo(3);
    Found.Answer<ReachAnswer> before = heldByMia(new Moment.OfRevision(1));
    assertThat(before.value().roles()).isEmpty();
    assertThat(whoCan.memberships(before)).as("in force while 1 was live").isEmpty();
    assertThat(
            answer(
                    whoCan.holder(
                        World.ORDERS,
                        "prod",
                        new Assignment.Holder("other", Assignment.Kind.SUBJECT, "mia"),
                        Moment.NOW))
                .roles())
        .as("a subject of another issuer")
        .isEmpty();
  }

  private Found.Answer<ReachAnswer> heldByMia(Moment moment) {
    var mia = new Assignment.Holder("corp", Assignment.Kind.SUBJECT, "mia");
    return (Found.Answer<ReachAnswer>) whoCan.holder(World.ORDERS, "prod", mia, moment);
  }

  @Test
  void anImportIsRecordedFirstReplacesTheListWholeAndGrowsOld() {
    taken("issuer,subject,group\ncorp,mia,money\n");
    assertThat(taken("issuer,subject,group\ncorp,mia\n")).isInstanceOf(Imported.Refused.class);
    taken("issuer,subject,group\ncorp,tom,money\n");
    assertThat(world.repository.memberships().list().orElseThrow().rows())
        .containsExactly(new Membership("corp", "tom", "money"));
    assertThat(
            world.log.records(world.log.days().getFirst(), "", 10).items().stream()
                .filter(it -> it.entry().kind() == ActivityKind.IMPORT))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.entry().details()).containsEntry("rows", "1"));
    assertThat(whoCan.memberships().orElseThrow())
        .isEqualTo(new MembershipFacts(World.START.plusMillis(1), "ana", 1, false));
    world.pass(Duration.ofDays(31));
    assertThat(whoCan.memberships().orElseThrow().stale()).isTrue();
    world.logFails(true);
    assertThatThrownBy(() -> taken("issuer,subject,group\n")).isInstanceOf(StoreException.class);
    world.logFails(false);
    assertThat(whoCan.memberships().orElseThrow().rows()).isEqualTo(1);
  }

  @Test
  void anImportIsRefusedWhileTheLastListIsOfAClockAhead() {
    Instant ahead = world.clock.instant().plus(Duration.ofMinutes(2));
    var list = new MembershipList(ahead, "zoe", List.of(new Membership("corp", "mia", "money")));
    var _ = world.repository.memberships().add(list);
    String csv = "issuer,subject,group\ncorp,tom,money\n";
    assertThat(((Imported.Refused) taken(csv)).why().in(Locale.ENGLISH))
        .contains(ahead.toString(), "No caller's access depends on it");
    assertThat(world.repository.memberships().list()).contains(list);
    assertThat(world.log.all()).noneMatch(it -> it.entry().kind() == ActivityKind.IMPORT);
    world.pass(Duration.ofMinutes(1));
    assertThat(taken(csv)).as("a minute").isEqualTo(new Imported.Done(ahead.plusMillis(1), 1));
  }

  private ComparedList compared(String csv) {
    return whoCan.compareMembers("m.csv", csv.getBytes(UTF_8));
  }

  private Imported taken(String csv) {
    return whoCan.takeMembers(compared(csv));
  }

  @Test
  void aListIsComparedWithTheLastOneAndNothingIsWrittenUntilItIsTaken() {
    var _ = taken("issuer,subject,group\ncorp,mia,money\ncorp,tom,money\n");
    int records = world.log.all().size();
    ComparedList next = compared("issuer,subject,group\ncorp,zoe,money\ncorp,mia,money\n");
    assertThat(next.telling().summary())
        .isEqualTo("1 new, 0 changed, 1 gone, 1 unchanged, 0 errors");
    ComparedList same = compared("issuer,subject,group\ncorp,tom,money\ncorp,mia,money\n");
    assertThat(same.telling().changing()).isZero();
    ComparedList wrong = compared("issuer,subject,group\ncorp,mia\ncorp,,x\n");
    assertThat(wrong.telling().lines())
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("m.csv:2:1: error bad-row"))
        .anySatisfy(it -> assertThat(it).startsWith("m.csv:3:6: error missing-key"));
    assertThat(world.log.all()).hasSize(records);
    assertThat(whoCan.memberships().orElseThrow().rows()).isEqualTo(2);
    world.pass(Duration.ofDays(1));
    assertThat(whoCan.takeMembers(same)).isEqualTo(new Imported.Done(world.clock.instant(), 2));
    assertThat(whoCan.memberships().orElseThrow().at())
        .as("what is unchanged is as new as its import")
        .isEqualTo(world.clock.instant());
  }

  @Test
  void aListIsNotTakenWhereAnotherIsTheLastByThen() {
    ComparedList mine = compared("issuer,subject,group\ncorp,mia,money\n");
    var _ = taken("issuer,subject,group\ncorp,tom,money\n");
    int records = world.log.all().size();
    assertThat(((Imported.Moved) whoCan.takeMembers(mine)).why().in(Locale.ENGLISH))
        .contains("somebody imported another membership list meanwhile");
    assertThat(world.log.all()).hasSize(records);
    assertThat(world.repository.memberships().list().orElseThrow().rows())
        .containsExactly(new Membership("corp", "tom", "money"));
  }

  @Test
  void aTagIsAskedRouteByRoute() {
    TagAnswer money = answer(whoCan.tag(World.ORDERS, "prod", "money", Moment.NOW));
    TagAnswer shouted = answer(whoCan.tag(World.ORDERS, "prod", "MONEY", Moment.NOW));
    assertThat(shouted.routes()).isEqualTo(money.routes());
    assertThat(money.routes()).hasSize(3);
    for (TagAnswer.Line line : money.routes()) {
      RouteAnswer alone = route(line.text());
      assertThat(line.roles()).isEqualTo(alone.roles());
      assertThat(line.everybody()).isEqualTo(alone.everybody().standing());
    }
    assertThat(refused(whoCan.tag(World.ORDERS, "prod", "gold", Moment.NOW))).contains("`gold`");
  }

  @Test
  void rolesThatDifferOnlyHereAreFound() {
    assertThat(answer(whoCan.twins(World.ORDERS, "prod", REFUND, Moment.NOW))).isEmpty();
    for (String name : List.of("viewer-too", "viewer-more")) {
      world.behind(
          Change.add(
              new PolicyRow.OfRole(
                  new Role(
                      name,
                      new RoleName(name),
                      "",
                      "",
                      new TreeSet<>(Set.of(new RoleName("viewer")))))));
    }
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                world.permission("viewer-more", "m", "POST", "/orders/{id}/refunds"))));
    assertThat(answer(whoCan.twins(World.ORDERS, "prod", REFUND, Moment.NOW)))
        .containsExactly(
            new Twins(
                List.of(new RoleName("viewer-more")),
                List.of(new RoleName("viewer"), new RoleName("viewer-too"))));
    assertThat(answer(whoCan.twins(World.ORDERS, "prod", "GET /orders", Moment.NOW))).isEmpty();
  }

  @Test
  void aRoleSaysWhatItMayCall() {
    ReachAnswer support = answer(whoCan.role(World.ORDERS, "prod", "support", Moment.NOW));
    assertThat(support.places().stream().map(PlaceAnswer::text))
        .contains("GET /orders", "GET /orders/{id}", "GET /customers/search", "GET /health")
        .doesNotContain(REFUND);
    assertThat(support.allowed()).isEqualTo(8);
    assertThat(refused(whoCan.role(World.ORDERS, "prod", "no one", Moment.NOW)))
        .contains("`no one`");
  }

  @Test
  void somebodyMayCallWhatIsAssignedToThem() {
    assign("support", Assignment.Kind.SUBJECT, "mia");
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    ReachAnswer mia =
        answer(
            whoCan.holder(
                World.ORDERS,
                "prod",
                new Assignment.Holder("corp", Assignment.Kind.SUBJECT, "mia"),
                Moment.NOW));
    assertThat(mia.roles())
        .containsExactlyInAnyOrder(new RoleName("support"), new RoleName("finance"));
    assertThat(mia.places().stream().filter(it -> it.text().equals(REFUND)))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.because().getFirst().via()).containsExactly(new RoleName("finance")));
    ReachAnswer nobody =
        answer(
            whoCan.holder(
                World.ORDERS,
                "prod",
                new Assignment.Holder("corp", Assignment.Kind.CLIENT, "mia"),
                Moment.NOW));
    assertThat(nobody.allowed()).isZero();
  }

  @Test
  void twoRolesAreComparedRouteByRoute() {
    Comparison it = answer(whoCan.compare(World.ORDERS, "prod", "viewer", "seasonal", Moment.NOW));
    assertThat(it.differences().stream().map(Comparison.Difference::text))
        .containsExactlyInAnyOrder("POST /orders", "GET /orders/{id}");
    assertThat(
            answer(whoCan.compare(World.ORDERS, "prod", "ops", "viewer", Moment.NOW)).differences())
        .as("whoever asks, a public route is open")
        .extracting(Comparison.Difference::text)
        .doesNotContain("GET /health");
    Comparison same = answer(whoCan.compare(World.ORDERS, "prod", "viewer", "viewer", Moment.NOW));
    assertThat(same.differences()).isEmpty();
    assertThat(same.same()).isEqualTo(it.same() + it.differences().size());
  }

  @Test
  void twoRolesOnTheSamePermissionsAreAlike() {
    world.behind(
        Change.add(
            new PolicyRow.OfRole(
                new Role(
                    "twin",
                    new RoleName("twin"),
                    "",
                    "",
                    new TreeSet<>(Set.of(new RoleName("eu-clerk")))))));
    assertThat(
            answer(whoCan.compare(World.ORDERS, "prod", "twin", "eu-clerk", Moment.NOW))
                .differences())
        .isEmpty();
    assertThat(
            answer(whoCan.compare(World.ORDERS, "prod", "clerk", "eu-clerk", Moment.NOW))
                .differences())
        .extracting(Comparison.Difference::text)
        .contains("PUT /orders/{id}");
  }

  @Test
  void aWebSocketRouteIsAskedByItsKey() {
    var live = world.repository.live().policy().apiNamed("live").orElseThrow();
    RouteAnswer connect = answer(whoCan.route(live.id(), "prod", "$connect", Moment.NOW));
    assertThat(connect.allowed()).isPositive();
  }
}
