package dev.grantway.admin.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AsOf;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatrixServiceTest {
  private static final RoleName SUPPORT = new RoleName("support");
  private static final RoleName VIEWER = new RoleName("viewer");
  private static final RoleName OPS = new RoleName("ops");
  private static final String REFUND = "POST /orders/{id}/refunds";
  private static final int EDITS = 60;

  private final World world = new World();
  private final MatrixService matrices = new MatrixService(world.changes, world.operators);

  private Matrix matrix(RoleName... roles) {
    return matrices.matrix(world.api(), "prod", List.of(roles));
  }

  private MatrixCell cell(RoleName role, String route) {
    Matrix matrix = matrix(role);
    return matrix.cell(role, matrix.row(route).orElseThrow());
  }

  private Edited press(RoleName role, String route) {
    return matrices.press(world.api(), "prod", new CellRef(role, route));
  }

  private CellPage page(RoleName role, String route) {
    return matrices.cell(world.api(), "prod", new CellRef(role, route)).orElseThrow();
  }

  private List<RoleName> everyRole() {
    return List.copyOf(world.changes.workingCopy().roles().keySet());
  }

  /** SEM-10: the matrix says of each cell what grants say, and has no rule of its own. */
  private void isWhatGrantsSay(String when) {
    WorkingCopy copy = world.changes.workingCopy();
    for (Api api : copy.apis()) {
      for (String stage : api.stages()) {
        List<RoleName> roles = everyRole();
        Matrix matrix = matrices.matrix(api, stage, roles);
        for (RoleName role : roles) {
          Map<String, Grant> before = grants(copy.withoutChanges(), api, stage, role);
          grants(copy, api, stage, role)
              .forEach(
                  (route, now) -> {
                    MatrixCell cell = matrix.cell(role, matrix.row(route).orElseThrow());
                    String which =
                        when + ": " + api.name() + " " + stage + " " + role + " " + route;
                    same(which, cell.now(), now);
                    same(which, cell.before(), Objects.requireNonNull(before.get(route)));
                  });
        }
      }
    }
  }

  private static Map<String, Grant> grants(WorkingCopy from, Api api, String stage, RoleName role) {
    var graph = from.graph();
    var permissions = from.permissions(graph.closure(List.of(role)), api.id());
    var found = new HashMap<String, Grant>();
    Grants.of(api, stage, role, graph, permissions)
        .forEach(it -> found.put(new RoutePlace(it.route(), it.action()).text(), it));
    return found;
  }

  private static void same(String which, CellState state, Grant grant) {
    assertThat(state.access()).as(which).isEqualTo(grant.access());
    assertThat(state.isInherited()).as(which).isEqualTo(grant.inherited());
    assertThat(state.conditional()).as(which).isEqualTo(grant.conditional());
  }

  @Test
  void everyCellIsWhatGrantsSay() {
    isWhatGrantsSay("live");
  }

  /** Cells are patched after an edit; they have to be what reading everything anew gives. */
  @Test
  void afterAnyEditsEveryCellIsWhatGrantsSay() {
    long seed = Long.getLong("grantway.matrix.seed", System.nanoTime());
    System.out.println("MatrixServiceTest: -Dgrantway.matrix.seed=" + seed);
    var random = new Random(seed);
    List<RoleName> roles = everyRole();
    Matrix shown = matrix(roles.toArray(RoleName[]::new));
    List<String> routes =
        IntStream.range(0, shown.places()).mapToObj(i -> shown.place(i).text()).toList();
    for (int i = 0; i < EDITS; i++) {
      var cell =
          new CellRef(
              roles.get(random.nextInt(roles.size())), routes.get(random.nextInt(routes.size())));
      switch (random.nextInt(4)) {
        case 0 -> matrices.edit(world.api(), "prod", List.of(cell), Wish.DENY);
        case 1 -> world.changes.undo();
        default -> matrices.press(world.api(), "prod", cell);
      }
      if (i % 20 == 19) {
        isWhatGrantsSay("seed " + seed + ", edit " + i);
      }
    }
    inherits("customer", "clerk");
    isWhatGrantsSay("seed " + seed + ", another edge");
  }

  private void inherits(String heir, String parent) {
    Role role = world.repository.live().role(new RoleName(heir)).orElseThrow().role();
    var parents = new TreeSet<>(Set.of(new RoleName(parent)));
    world.changes.stage(
        Sentence.of("label.role.change", heir),
        List.of(
            Change.alter(
                new PolicyRow.OfRole(role),
                new PolicyRow.OfRole(
                    new Role(role.id(), role.name(), role.description(), role.owner(), parents)))));
  }

  @Test
  void anInheritedCellNamesItsSource() {
    CellState state = cell(SUPPORT, "GET /orders").now();
    assertThat(state.isAllowed()).isTrue();
    assertThat(state.source()).contains(VIEWER);
    assertThat(cell(VIEWER, "GET /orders").now().isInherited()).isFalse();
    assertThat(cell(new RoleName("seasonal"), "GET /orders").now().conditional()).isTrue();
    assertThat(cell(OPS, REFUND).now().isDenied()).isTrue();
  }

  @Test
  void aDraftOnOneRoleIsSeenInItsHeirs() {
    press(VIEWER, "GET /orders/search");
    assertThat(cell(VIEWER, "GET /orders/search").staging()).isEqualTo(MatrixCell.Staging.MORE);
    assertThat(cell(new RoleName("clerk"), "GET /orders/search").staging())
        .isEqualTo(MatrixCell.Staging.MORE);
    assertThat(cell(SUPPORT, "GET /orders/search").staging()).isEqualTo(MatrixCell.Staging.NONE);
    assertThat(cell(OPS, "GET /orders/search").staging()).isEqualTo(MatrixCell.Staging.NONE);
  }

  @Test
  void pressingGoesFromNoneToAllowToDenyAndBack() {
    press(SUPPORT, REFUND);
    assertThat(cell(SUPPORT, REFUND).now().isAllowed()).isTrue();
    Permission made = page(SUPPORT, REFUND).now().by().getFirst().permission();
    assertThat(made.id().value()).isEqualTo("support-post-orders-id-refunds");
    assertThat(made.stage().text()).as("the stage shown, and no other").isEqualTo("prod");
    assertThat(made.actions()).containsExactly(Action.POST);
    press(SUPPORT, REFUND);
    assertThat(cell(SUPPORT, REFUND).now().isDenied()).isTrue();
    assertThat(world.changes.draft().count()).isEqualTo(1);
    press(SUPPORT, REFUND);
    assertThat(cell(SUPPORT, REFUND).isStaged()).isFalse();
    assertThat(world.changes.draft().count()).isZero();
  }

  /** What was published is put back, not made anew under another id. */
  @Test
  void pressingAroundAPublishedCellLeavesNothing() {
    press(SUPPORT, REFUND);
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
    press(SUPPORT, REFUND);
    assertThat(cell(SUPPORT, REFUND).staging()).isEqualTo(MatrixCell.Staging.LESS);
    assertThat(world.changes.draft().count()).isEqualTo(2);
    press(SUPPORT, REFUND);
    assertThat(world.changes.review().lines())
        .extracting(ChangeLine::kind)
        .containsExactly(ChangeLine.Kind.REMOVED);
    press(SUPPORT, REFUND);
    assertThat(world.changes.draft().count()).isZero();
    assertThat(page(SUPPORT, REFUND).now().by())
        .extracting(it -> it.permission().id().value())
        .containsExactly("support-post-orders-id-refunds");
  }

  @Test
  void whatAWiderPermissionAllowsIsDeniedHereAndGivenBack() {
    press(OPS, "GET /orders");
    assertThat(cell(OPS, "GET /orders").now().isDenied()).isTrue();
    assertThat(cell(OPS, "GET /orders/{id}").now().isAllowed()).isTrue();
    press(OPS, "GET /orders");
    assertThat(cell(OPS, "GET /orders").now().isAllowed()).isTrue();
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void inheritedAndForeignDecisionsAreNotTouchedByPressing() {
    for (String route : List.of("GET /orders", "GET /orders/{id}")) {
      assertThat(press(SUPPORT, route)).isInstanceOf(Edited.Nothing.class);
    }
    assertThat(press(OPS, REFUND))
        .as("ops-no-refunds holds on every stage")
        .isInstanceOf(Edited.Nothing.class);
    assertThat(press(SUPPORT, "GET /health")).as("public").isInstanceOf(Edited.Nothing.class);
    assertThat(world.changes.draft().count()).isZero();
    assertThat(page(SUPPORT, "GET /orders").offers()).containsExactly(Wish.DENY);
    assertThat(page(OPS, REFUND).offers()).isEmpty();
    assertThat(page(SUPPORT, "GET /health").offers()).isEmpty();
  }

  @Test
  void anInheritedAllowIsOverriddenHere() {
    var cell = new CellRef(SUPPORT, "GET /orders");
    assertThat(matrices.edit(world.api(), "prod", List.of(cell), Wish.DENY))
        .isInstanceOf(Edited.Done.class);
    assertThat(cell(SUPPORT, "GET /orders").now().isDenied()).isTrue();
    assertThat(cell(VIEWER, "GET /orders").now().isAllowed()).isTrue();
    assertThat(page(SUPPORT, "GET /orders").offers())
        .containsExactlyInAnyOrder(Wish.ALLOW, Wish.CLEAR);
  }

  @Test
  void manyCellsAreOneEditWithItsCounts() {
    List<CellRef> below = below(SUPPORT, "/orders/{id}");
    Map<Wish, Integer> counts = matrices.counts(world.api(), "prod", below);
    var done = (Edited.Done) matrices.edit(world.api(), "prod", below, Wish.ALLOW);
    assertThat(done.cells()).isEqualTo(counts.get(Wish.ALLOW)).isGreaterThan(10);
    assertThat(done.cells() + done.same() + done.blocked()).isEqualTo(below.size());
    assertThat(done.added()).hasSize(done.cells()).doesNotHaveDuplicates();
    Matrix matrix = matrix(SUPPORT);
    var group = group(matrix, "/orders/{id}");
    assertThat(matrix.tally(SUPPORT, group))
        .isEqualTo(new Tally(below.size(), 0, below.size(), true));
    world.changes.undo();
    assertThat(world.changes.draft().count()).isZero();
  }

  private List<CellRef> below(RoleName role, String path) {
    Matrix matrix = matrix(role);
    var cells = new ArrayList<CellRef>();
    group(matrix, path).forEach(i -> cells.add(new CellRef(role, matrix.place(i).text())));
    return cells;
  }

  private static MatrixRow.Group group(Matrix matrix, String path) {
    return groups(matrix.rows()).stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<MatrixRow.Group> groups(List<MatrixRow> rows) {
    var groups = new ArrayList<MatrixRow.Group>();
    for (MatrixRow row : rows) {
      if (row instanceof MatrixRow.Group group) {
        groups.add(group);
        groups.addAll(groups(group.rows()));
      }
    }
    return groups;
  }

  @Test
  void rowsAreGroupedWherePathsBeginAlike() {
    Matrix matrix = matrix(VIEWER);
    assertThat(groups(matrix.rows()))
        .extracting(MatrixRow.Group::path)
        .contains("/orders", "/orders/{id}", "/customers/{customerId}", "/admin")
        .doesNotContain("/users", "/orders/export", "/health");
    assertThat(matrix.tally(VIEWER, group(matrix, "/orders")))
        .isEqualTo(new Tally(2, 0, group(matrix, "/orders").size(), false));
    assertThat(MatrixRow.count(matrix.rows())).isEqualTo(matrix.routes());
  }

  /** ANY takes what has no route of its own: no request reaches its GET. */
  @Test
  void anActionThatNeverReachesARouteHasNoRow() {
    Api api = world.api();
    var table =
        new RouteTable(
            api.type(),
            List.of(Route.parse("GET /a"), Route.parse("ANY /a"), Route.parse("ANY /b")));
    var rows = new RouteRows(new Api(api.id(), api.name(), api.stages(), table, true));
    assertThat(rows.places()).hasSize(15);
    assertThat(rows.size()).isEqualTo(14);
    assertThat(rows.row("GET /a").orElseThrow().place().route().isAny()).isFalse();
  }

  @Test
  void tokensOfOneKindAreAlternativesAndAllKindsMustHold() {
    assertThat(left("method:post method:DELETE path:/orders/{id}/items"))
        .containsExactlyInAnyOrder("POST /orders/{id}/items", "DELETE /orders/{id}/items/{itemId}");
    assertThat(left("tag:money")).hasSize(3).contains(REFUND);
    assertThat(left("refundOrder")).containsExactly(REFUND);
    assertThat(left("team-finance approve")).hasSize(1);
    assertThat(left("role:ops state:denied"))
        .containsExactlyInAnyOrder(
            REFUND, "POST /orders/{id}/refunds/{refundId}/approve", "PUT /admin/settings");
    assertThat(left("role:viewer role:finance only:differences state:inherited")).isEmpty();
    assertThat(left("role:viewer role:finance only:differences path:/reports")).hasSize(2);
    assertThat(left("role:eu-clerk state:conditional")).hasSize(2);
    press(SUPPORT, REFUND);
    assertThat(left("state:staged")).containsExactly(REFUND);
  }

  private List<String> left(String filter) {
    Matrix matrix = matrix(everyRole().toArray(RoleName[]::new));
    var ids = new ArrayList<String>();
    matrix
        .page(MatrixFilter.parse(filter))
        .rows()
        .forEach(row -> row.forEach(i -> ids.add(matrix.place(i).text())));
    return ids;
  }

  @Test
  void theTokenThatExcludesEverythingIsNamed() {
    assertThat(excluding("method:GET tag:money")).containsExactly("method:GET", "tag:money");
    assertThat(excluding("path:/orders state:denied role:viewer"))
        .as("without the role, ops is shown, which is denied some")
        .containsExactly("state:denied", "role:viewer");
    assertThat(excluding("path:/orders state:purple")).containsExactly("state:purple");
    assertThat(excluding("path:/nowhere tag:nothing")).containsExactly("path:/nowhere");
    assertThat(excluding("path:/orders role:nobody")).containsExactly("role:nobody");
  }

  private List<String> excluding(String filter) {
    MatrixPage page = matrix(everyRole().toArray(RoleName[]::new)).page(MatrixFilter.parse(filter));
    assertThat(page.rows()).isEmpty();
    return page.excluding();
  }

  @Test
  void withoutAChoiceTheRolesAreShownThatMayDoSomethingHere() {
    assertThat(matrix().roles())
        .extracting(RoleName::value)
        .contains("viewer", "ops", "support")
        .doesNotContain("biller", "cashier", "follower", "agent");
  }

  @Test
  void noMoreRolesAreShownThanTheLimit() {
    List<RoleName> many = IntStream.range(0, 150).mapToObj(i -> new RoleName("role-" + i)).toList();
    assertThat(matrices.matrix(world.api(), "prod", many).roles())
        .hasSize(MatrixService.MOST_ROLES);
  }

  @Test
  void anEditOfTooManyCellsIsRefused() {
    var cells =
        IntStream.rangeClosed(0, MatrixService.MOST_CELLS)
            .mapToObj(i -> new CellRef(SUPPORT, "GET /x" + i))
            .toList();
    var refused = (Edited.Refused) matrices.edit(world.api(), "prod", cells, Wish.ALLOW);
    assertThat(refused.why().getFirst().in(Locale.ENGLISH)).contains("500", "501");
  }

  @Test
  void whoOnlySeesIsOfferedNoEdit() {
    world.operators.is("vic", OperatorRight.VIEWER);
    assertThat(page(SUPPORT, REFUND).offers()).isEmpty();
    assertThat(page(SUPPORT, "GET /orders").now().by())
        .extracting(it -> it.permission().id() + " " + it.via())
        .containsExactly("viewer-list [support, viewer]");
  }

  /** Only the slices of the roles shown and of those that they inherit, each once. */
  @Test
  void noOtherRolesPermissionsAreRead() {
    var asked = new ArrayList<RoleName>();
    AsOf live = world.repository.live();
    // Of no revision that another test has read.
    String hash = UUID.randomUUID().toString();
    AsOf recording =
        (AsOf)
            Proxy.newProxyInstance(
                AsOf.class.getClassLoader(),
                new Class<?>[] {AsOf.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("slice")) {
                    asked.add((RoleName) arguments[0]);
                  }
                  if (method.getName().equals("permissions")) {
                    for (Object role : (Collection<?>) arguments[0]) {
                      asked.add((RoleName) role);
                    }
                  }
                  return method.getName().equals("hash") ? hash : method.invoke(live, arguments);
                });
    var kept = new KeptReadings();
    var copy = new WorkingCopy(recording, List.of());
    new MatrixReading(copy, world.api(), "prod", kept).of(List.of(SUPPORT, OPS));
    assertThat(asked).containsExactlyInAnyOrder(SUPPORT, VIEWER, OPS);
    asked.clear();
    var again = new WorkingCopy(recording, List.of());
    new MatrixReading(again, world.api(), "prod", kept).of(List.of(SUPPORT, OPS));
    assertThat(asked).as("a revision never changes").isEmpty();
    var edited =
        new WorkingCopy(
            recording,
            List.of(
                Change.add(
                    new PolicyRow.OfPermission(
                        world.permission("viewer", "more", "GET", "/orders/search")))));
    new MatrixReading(edited, world.api(), "prod", kept).of(List.of(SUPPORT, OPS));
    assertThat(asked).as("and a draft costs what it touches").containsOnly(SUPPORT, VIEWER);
  }

  /** Publishing another permission that is exactly a cell's is found again by what it says. */
  @Test
  void aCellKnowsItsOwnPermissionByWhatItSaysAndNotByItsId() {
    Permission wide = world.permission("support", "by-hand", "POST", "/orders/{order}/refunds");
    var here =
        new Permission(
            new PermissionId("by-hand"),
            wide.role(),
            wide.effect(),
            wide.api(),
            new StageScope("prod"),
            wide.actions(),
            wide.resource(),
            wide.condition(),
            wide.validity(),
            "OPS-9");
    world.behind(Change.add(new PolicyRow.OfPermission(here)));
    assertThat(page(SUPPORT, REFUND).offers()).containsExactlyInAnyOrder(Wish.DENY, Wish.CLEAR);
    press(SUPPORT, REFUND);
    press(SUPPORT, REFUND);
    assertThat(cell(SUPPORT, REFUND).now()).isEqualTo(CellState.NONE);
    press(SUPPORT, REFUND);
    assertThat(world.changes.draft().count()).isZero();
  }
}
