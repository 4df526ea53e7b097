package dev.grantway.admin.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangeLines;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.routes.RouteInput.Field;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.GrantedRoutes;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.TouchedRoutes;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The route table as the draft has it, and who gets through to each route. */
class RouteServiceTest {
  private static final String REFUND = "POST /orders/{id}/refunds";
  private static final String APPROVE = "POST /orders/{id}/refunds/{refundId}/approve";

  private final World world = new World();
  private final RouteService service =
      new RouteService(world.changes, world.operators, world.clock);

  private RoutesPage page(String filter) {
    return service.page(world.api(), "prod", MatrixFilter.parse(filter), 0, 1000);
  }

  private List<String> texts(String filter) {
    return page(filter).rows().stream().map(it -> it.route().toString()).toList();
  }

  private RouteRow row(String text) {
    return page("").rows().stream()
        .filter(it -> it.route().toString().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static RouteInput typed(String route, Route.Access access, Route.State state) {
    return new RouteInput(route, "refund", "money, pii", "team-orders", access, state);
  }

  private void save(Optional<String> edited, RouteInput input) {
    assertThat(service.save(world.api(), edited, input)).isInstanceOf(Saved.Staged.class);
  }

  private String refused(Optional<String> edited, RouteInput input, Field field) {
    var why = ((Saved.Refused<Field>) service.save(world.api(), edited, input)).byField();
    assertThat(why).containsKey(field);
    return why.getOrDefault(field, List.<Sentence>of()).getFirst().in(Locale.ENGLISH);
  }

  private void stage(Permission permission) {
    world.changes.stage(
        Sentence.of("label.permission.add", permission.id()),
        List.of(Change.add(new PolicyRow.OfPermission(permission))));
  }

  @Test
  void everyRouteSaysWhoGetsThroughAsTheGrantsDo() {
    Policy policy = World.sample();
    var graph = new RoleGraph(policy.roles());
    Set<Route> granted =
        GrantedRoutes.of("prod", policy.permissions().stream(), new TouchedRoutes(world.api())::of)
            .at(world.clock.instant());
    for (RouteRow row : page("").rows()) {
      Route route = row.route();
      Set<String> allowed =
          policy.roles().stream()
              .flatMap(
                  role ->
                      Grants.of(
                          world.api(),
                          "prod",
                          role.name(),
                          graph,
                          policy.permissions(),
                          List.of(route))
                          .stream())
              .filter(Grant::isAllowed)
              .map(it -> it.role() + (it.inherited() ? " inherited" : ""))
              .collect(Collectors.toSet());
      assertThat(
              row.roles().stream()
                  .filter(RoleAccess::allowed)
                  .map(it -> it.role() + (it.inherited() ? " inherited" : ""))
                  .collect(Collectors.toSet()))
          .as("%s", route)
          .isEqualTo(allowed);
      assertThat(row.coverage())
          .as("%s", route)
          .isEqualTo(RouteCoverage.of(route, granted.contains(route)));
    }
    assertThat(page("").all()).isEqualTo(world.api().routes().routes().size());
    assertThat(page("").coverage().values().stream().mapToInt(it -> it).sum())
        .isEqualTo(page("").all());
  }

  @Test
  void whatIsGoneCountsAsThatWhateverItWas() {
    save(Optional.of(REFUND), typed(REFUND, Route.Access.GRANTED, Route.State.GONE));
    save(Optional.of(APPROVE), typed(APPROVE, Route.Access.PUBLIC, Route.State.GONE));
    assertThat(row(REFUND).coverage()).isEqualTo(RouteCoverage.GONE);
    for (RouteCoverage coverage : RouteCoverage.values()) {
      String state = "state:" + coverage.name().toLowerCase(Locale.ROOT);
      assertThat(page(state).rows())
          .as("%s is what its chip counts", state)
          .hasSize(page("").coverage().getOrDefault(coverage, 0));
    }
    assertThat(page("state:gone").rows())
        .extracting(it -> it.route().toString())
        .containsExactlyInAnyOrder(REFUND, APPROVE);
  }

  @Test
  void whoIsDeniedByNameIsSaidApart() {
    assertThat(row(REFUND).roles())
        .filteredOn(it -> it.role().equals(new RoleName("ops")))
        .singleElement()
        .matches(it -> !it.allowed())
        .matches(it -> !it.by().isEmpty());
  }

  @Test
  void aStagedPermissionCountsAtOnce() {
    assertThat(row(REFUND).roles()).noneMatch(it -> it.role().value().equals("support"));
    stage(world.permission("support", "new", "POST", "/orders/{id}/refunds"));
    assertThat(row(REFUND).roles()).anyMatch(it -> it.role().value().equals("support"));
    world.changes.undo();
    assertThat(row(REFUND).roles()).noneMatch(it -> it.role().value().equals("support"));
  }

  /** It may do anything, so that no route is forgotten beside it. */
  private void withoutOpsAll() {
    world.changes.stage(
        Sentence.of("label.permission.delete", "ops-all"),
        List.of(
            Change.remove(
                new PolicyRow.OfPermission(
                    world
                        .repository
                        .live()
                        .permission(new PermissionId("ops-all"))
                        .orElseThrow()
                        .permission()))));
  }

  @Test
  void aNewRouteIsForgottenUntilSomebodyIsLetThrough() {
    save(Optional.empty(), typed("GET /parcels", Route.Access.GRANTED, Route.State.NEW));
    assertThat(row("GET /parcels").staged()).isEqualTo(Staging.ADDED);
    assertThat(row("GET /parcels").coverage())
        .as("ops may do anything")
        .isEqualTo(RouteCoverage.GRANTED);
    withoutOpsAll();
    stage(world.denial("clerk", "no-parcels", "GET", "/parcels"));
    assertThat(texts("state:forgotten")).contains("GET /parcels");
    stage(world.permission("viewer", "parcels", "GET", "/parcels"));
    assertThat(row("GET /parcels").coverage()).isEqualTo(RouteCoverage.GRANTED);
    assertThat(world.api().routes().written("GET /parcels")).isEmpty();
  }

  private static Permission over(Permission it, StageScope stage, Validity validity) {
    return new Permission(
        it.id(),
        it.role(),
        it.effect(),
        it.api(),
        stage,
        it.actions(),
        it.resource(),
        it.condition(),
        validity,
        it.note());
  }

  @Test
  void whatIsOverOrOfAnotherStageGrantsNothing() {
    save(Optional.empty(), typed("GET /parcels", Route.Access.GRANTED, Route.State.NEW));
    withoutOpsAll();
    Instant end = world.clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
    Permission parcels = world.permission("viewer", "parcels", "GET", "/parcels");
    stage(over(parcels, StageScope.EVERY, new Validity(null, end)));
    assertThat(row("GET /parcels").coverage()).isEqualTo(RouteCoverage.GRANTED);
    world.clock.advance(Duration.ofSeconds(61));
    assertThat(texts("state:forgotten"))
        .as("the same index, a minute later")
        .contains("GET /parcels");
    assertThat(row("GET /parcels").roles()).as("nobody gets through").isEmpty();
    stage(
        over(
            world.permission("viewer", "elsewhere", "GET", "/parcels"),
            new StageScope("dev"),
            Validity.ALWAYS));
    assertThat(texts("state:forgotten")).contains("GET /parcels");
    assertThat(
            service.page(world.api(), "dev", MatrixFilter.NONE, 0, 1000).rows().stream()
                .filter(it -> it.route().toString().equals("GET /parcels"))
                .map(RouteRow::coverage))
        .containsExactly(RouteCoverage.GRANTED);
  }

  @Test
  void aGreedyRouteNamesTheParentThatItDoesNotMatch() {
    save(Optional.empty(), typed("GET /kept/{path+}", Route.Access.GRANTED, Route.State.NEW));
    assertThat(row("GET /kept/{path+}").lacking()).contains("/kept");
    assertThat(texts("state:greedy-twin")).contains("GET /kept/{path+}");
    save(Optional.empty(), typed("POST /kept", Route.Access.GRANTED, Route.State.NEW));
    assertThat(row("GET /kept/{path+}").lacking()).isEmpty();
    save(Optional.of("POST /kept"), typed("POST /kept", Route.Access.GRANTED, Route.State.GONE));
    assertThat(row("GET /kept/{path+}").lacking()).contains("/kept");
    assertThat(row("GET /orders").lacking()).isEmpty();
  }

  @Test
  void theFilterHasTheWordsOfTheMatrixAndStates() {
    assertThat(texts("tag:money method:POST path:/orders refund")).contains(REFUND);
    assertThat(texts("tag:money method:GET")).isEmpty();
    assertThat(texts("state:deprecated")).containsExactly("GET /orders/{id}/legacy-notes");
    assertThat(texts("state:public")).containsExactly("GET /health");
    assertThat(texts("state:granted")).doesNotContain("GET /health");
    assertThat(texts("role:finance")).contains(REFUND).doesNotContain("GET /health");
    assertThat(texts("only:differences state:nonsense")).isEmpty();
    assertThat(page("tag:money").matching()).isLessThan(page("tag:money").all());
  }

  @Test
  void pagesHoldEveryRouteOnce() {
    RoutesPage first = service.page(world.api(), "prod", MatrixFilter.NONE, 0, 10);
    RoutesPage second = service.page(world.api(), "prod", MatrixFilter.NONE, 10, 1000);
    assertThat(first.rows()).hasSize(10);
    assertThat(first.rows().size() + second.rows().size()).isEqualTo(first.all());
  }

  @Test
  void whatIsKnownOfARouteIsChangedWhereItStands() {
    List<String> before = texts("");
    save(Optional.of(REFUND), typed(REFUND, Route.Access.CLOSED, Route.State.DEPRECATED));
    assertThat(texts("")).isEqualTo(before);
    RouteRow row = row(REFUND);
    assertThat(row.staged()).isEqualTo(Staging.CHANGED);
    assertThat(row.coverage()).isEqualTo(RouteCoverage.CLOSED);
    assertThat(row.route().tags()).containsExactly("money", "pii");
    assertThat(lines())
        .singleElement()
        .matches(
            it ->
                it.after()
                    .equals(
                        REFUND
                            + "; id refund; tags money, pii; owner team-orders; access closed;"
                            + " state deprecated"))
        .matches(it -> it.before().startsWith(REFUND) && !it.before().contains("\n"));
    service.restore(world.api(), REFUND);
    assertThat(world.changes.draft().count()).isZero();
  }

  private List<ChangeLine.Field> lines() {
    return ChangeLines.of(world.changes.draft().changes(), id -> "orders").stream()
        .flatMap(it -> it.fields().stream())
        .toList();
  }

  @Test
  void aRouteThatIsTakenOutComesBackWhereItStood() {
    List<String> before = texts("");
    service.remove(world.api(), APPROVE);
    assertThat(row(APPROVE).staged()).isEqualTo(Staging.REMOVED);
    assertThat(row(APPROVE).orphans())
        .as("it is about nothing else")
        .extracting(it -> it.id().value())
        .contains("finance-approve");
    service.restore(world.api(), APPROVE);
    assertThat(texts("")).isEqualTo(before);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aRouteThatIsGoneNamesWhatItOrphans() {
    assertThat(row(APPROVE).orphans()).isEmpty();
    save(Optional.of(APPROVE), typed(APPROVE, Route.Access.GRANTED, Route.State.GONE));
    assertThat(row(APPROVE).orphans())
        .extracting(it -> it.id().value())
        .contains("finance-approve");
    stage(world.permission("ops", "wide", "POST", "/orders/**"));
    assertThat(row(APPROVE).orphans())
        .as("it is about other routes too")
        .extracting(it -> it.id().value())
        .doesNotContain("wide");
  }

  @Test
  void whatIsNoRouteIsRefusedAtItsField() {
    assertThat(
            refused(
                Optional.empty(),
                typed("BREW /tea", Route.Access.GRANTED, Route.State.NEW),
                Field.ROUTE))
        .contains("`BREW`");
    assertThat(
            refused(
                Optional.empty(),
                typed("POST /orders/{other}/refunds", Route.Access.GRANTED, Route.State.NEW),
                Field.ROUTE))
        .contains("there twice");
    assertThat(
            refused(
                Optional.empty(), typed(" ", Route.Access.GRANTED, Route.State.NEW), Field.ROUTE))
        .contains("`GET /orders`");
    assertThat(
            refused(
                Optional.empty(),
                new RouteInput(
                    "GET /a",
                    "x".repeat(257),
                    "a\tb",
                    "o\n",
                    Route.Access.GRANTED,
                    Route.State.NEW),
                Field.TAGS))
        .contains("tags");
    assertThat(
            refused(
                Optional.of("GET /no/such"),
                typed("GET /no/such", Route.Access.GRANTED, Route.State.NEW),
                Field.FORM))
        .contains("not there any more");
    assertThat(service.remove(world.api(), "GET /no/such")).isInstanceOf(Staged.Refused.class);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void whatStandsInTheWayOfComingBackIsSaid() {
    service.remove(world.api(), REFUND);
    save(
        Optional.empty(),
        typed("POST /orders/{other}/refunds", Route.Access.GRANTED, Route.State.NEW));
    assertThat(service.restore(world.api(), REFUND))
        .isInstanceOfSatisfying(
            Staged.Refused.class,
            it -> assertThat(it.says().getFirst().in(Locale.ENGLISH)).contains("there twice"));
  }
}
