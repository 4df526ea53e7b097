package dev.grantway.admin.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cell is taken out of what is wider, and everything else stays as it is, or nothing is done. */
class CellSplitTest {
  private static final int WORLDS = 60;
  private static final ApiId API = new ApiId("a1");
  private static final List<String> ROUTES =
      List.of(
          "GET /a",
          "GET /a/{x}",
          "POST /a/{x}",
          "GET /a/{x}/c",
          "GET /a/{x}/c/{y}",
          "GET /a/b",
          "GET /a/b/c",
          "ANY /f/{p+}",
          "GET /f/one");
  private static final List<String> PATHS =
      List.of(
          "/a",
          "/a/b",
          "/a/42",
          "/a/42/c",
          "/a/b/c",
          "/a/42/c/7",
          "/a/b/c/7",
          "/f/one",
          "/f/x",
          "/f/x/y",
          "/g");
  private static final List<String> PATTERNS =
      List.of(
          "/a",
          "/a/{x}",
          "/a/b",
          "/a/42",
          "/a/**",
          "/a/**",
          "/a/{x}/**",
          "/a/b/**",
          "/**",
          "/**",
          "/f/{p+}",
          "/f/**",
          "/a/{p+}",
          "/{p+}");
  private static final List<String> NAMES = List.of("r1", "r2", "r3");
  private static final Instant CUT = World.START.plus(Duration.ofDays(1));

  private World world = new World();
  private MatrixService matrices = new MatrixService(world.changes, world.operators);

  private static Edited.Split split(Edited edited) {
    assertThat(edited).isInstanceOf(Edited.Split.class);
    return (Edited.Split) edited;
  }

  private Edited split(String role, String route) {
    return matrices.split(world.api(), "prod", new CellRef(new RoleName(role), route));
  }

  private List<String> permissions(String role) {
    return world.changes.workingCopy().permissions(new RoleName(role), World.ORDERS).stream()
        .map(it -> it.stage() + " " + new TreeSet<>(it.actions()) + " " + it.resource())
        .toList();
  }

  private static String why(Edited edited) {
    Sentence first = ((Edited.Refused) edited).why().getFirst();
    return first.in(Locale.ENGLISH);
  }

  private CellPage page(String role, String route) {
    return matrices.cell(world.api(), "prod", new CellRef(new RoleName(role), route)).orElseThrow();
  }

  @Test
  void everythingBelowAnotherWayIsCoveredAsBefore() {
    assertThat(page("finance", "GET /reports/daily").wide()).isTrue();
    Edited.Split done = split(split("finance", "GET /reports/daily"));
    assertThat(done.narrowed()).extracting(PermissionId::value).containsExactly("finance-reports");
    assertThat(permissions("finance"))
        .contains("prod [GET] /reports/{name}/**", "dev [GET] /reports/**")
        .doesNotContain("* [GET] /reports/**");
    assertThat(page("finance", "GET /reports/daily").now().state()).isEqualTo(CellState.NONE);
    assertThat(page("finance", "GET /reports/{name}").now().state().isAllowed()).isTrue();
    assertThat(page("finance", "GET /reports/daily").wide()).isFalse();
    world.changes.undo();
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void otherMethodsKeepTheirPermissionAndItsNote() {
    split(split("finance", "POST /orders/{id}/refunds"));
    assertThat(world.changes.workingCopy().permissions(new RoleName("finance"), World.ORDERS))
        .filteredOn(it -> it.id().value().equals("finance-refunds"))
        .singleElement()
        .matches(it -> it.actions().equals(Set.of(Action.GET)) && it.note().equals("FIN-7"));
  }

  @Test
  void ofEveryRouteOneIsLeftOut() {
    Map<String, String> before = grants(world.changes.workingCopy());
    split(split("ops", "GET /orders/{id}/items/{itemId}"));
    Map<String, String> after = grants(world.changes.workingCopy());
    after.entrySet().removeIf(it -> it.getValue().equals(before.get(it.getKey())));
    assertThat(after)
        .containsExactly(Map.entry("orders prod ops GET /orders/{id}/items/{itemId}", "NONE"));
    assertThat(permissions("ops"))
        .contains("prod [GET] /customers/**", "prod [GET] /orders/{id}/items")
        .as("`/orders/search/items/7` is sent to the cell's route")
        .contains("prod [GET] /orders/search")
        .doesNotContain("prod [GET] /orders/search/**")
        .hasSizeLessThan(25);
  }

  @Test
  void whatIsInheritedOrCoversAPartIsRefusedAndSaysWhy() {
    assertThat(why(split("support", "GET /orders"))).contains("by inheritance from viewer");
    assertThat(why(split("support", "POST /orders"))).contains("no permission allows POST /orders");
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(world.permission("support", "part", "PUT", "/orders/42"))));
    assertThat(why(split("support", "PUT /orders/{id}"))).contains("covers only a part");
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aSplitIntoTooManyIsRefused() {
    int count = CellSplit.MOST_PERMISSIONS + 2;
    Api api =
        wide("r1", "/**", IntStream.range(0, count).mapToObj(i -> "GET /x" + i + "/{id}").toList());
    var cell = new CellRef(new RoleName("r1"), "GET /x7/{id}");
    assertThat(why(matrices.split(api, "prod", cell))).contains("61 permissions or more, and 60");
    assertThat(world.changes.draft().count()).isZero();
  }

  /** `/a/z` is sent to the greedy route, a part of which no narrower pattern names. */
  @Test
  void whatCannotBeProvedIsRefusedForTheBuiltInRoleToo() {
    for (String role : List.of("r1", "authenticated")) {
      Api api = wide(role, "/a/**", List.of("GET /a/b", "GET /{p+}"));
      var cell = new CellRef(new RoleName(role), "GET /a/b");
      assertThat(why(matrices.split(api, "prod", cell)))
          .contains("keep every other grant as it is");
      assertThat(world.changes.draft().count()).isZero();
    }
  }

  /** What a denial hides today is not hidden for ever. */
  @Test
  void noPieceReachesWhatOnlyADenialHides() {
    Api api = wide("r1", "/{p+}", List.of("GET /{a}", "GET /{a}/{b}", "GET /{a}/{b}/secret"));
    world.behind(
        Change.add(new PolicyRow.OfPermission(other("no-secret", Effect.DENY, "/{a}/{b}/secret"))));
    split(matrices.split(api, "prod", new CellRef(new RoleName("r1"), "GET /{a}")));
    assertThat(world.changes.workingCopy().permissions(new RoleName("r1"), API))
        .extracting(it -> it.resource().toString())
        .containsExactlyInAnyOrder("/{a}/{b}", "/{a}/{b}/secret");
  }

  /** Nor is what another permission allows of a part allowed whole by a piece. */
  @Test
  void noPieceReachesMoreOfARouteThanTheWideOne() {
    Api api = wide("r1", "/orders/**", List.of("GET /orders/list", "GET /{tenant}/items"));
    world.behind(
        Change.add(new PolicyRow.OfPermission(other("items", Effect.ALLOW, "/{tenant}/items"))));
    var cell = new CellRef(new RoleName("r1"), "GET /orders/list");
    assertThat(why(matrices.split(api, "prod", cell))).contains("keep every other grant as it is");
  }

  private static Permission other(String id, Effect effect, String resource) {
    return new Permission(
        new PermissionId(id),
        new RoleName("r1"),
        effect,
        API,
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  /** The API of a world in which one role has one permission. */
  private Api wide(String name, String resource, List<String> routes) {
    var role = new RoleName(name);
    var table = new RouteTable(ApiType.REST, routes.stream().map(Route::parse).toList());
    var api = new Api(API, "a", List.of("prod"), table, true);
    var wide =
        new Permission(
            new PermissionId("wide"),
            role,
            Effect.ALLOW,
            API,
            StageScope.EVERY,
            Set.of(Action.GET),
            ResourcePattern.parse(resource),
            Condition.NONE,
            Validity.ALWAYS,
            "");
    List<Role> roles =
        role.equals(RoleName.AUTHENTICATED)
            ? List.of()
            : List.of(new Role(name, role, "", "", new TreeSet<>()));
    world = new World(new Policy(List.of(api), roles, List.of(wide), List.of(), Rules.NONE));
    matrices = new MatrixService(world.changes, world.operators);
    return api;
  }

  @Test
  void removingWhatAWiderOneCoversSaysSo() {
    var cell = new CellRef(new RoleName("finance"), "GET /reports/daily");
    Edited edited = matrices.edit(world.api(), "prod", List.of(cell), Wish.CLEAR);
    assertThat(((Edited.Nothing) edited).why().in(Locale.ENGLISH))
        .contains("a permission that covers more", "deny it here or split");
  }

  /** Roles, stages and routes of every API, by what the role may do there. */
  private static Map<String, String> grants(WorkingCopy copy) {
    var all = new TreeMap<String, String>();
    for (Api api : copy.apis()) {
      for (String stage : api.stages()) {
        for (RoleName role : copy.roles().keySet()) {
          var permissions = copy.permissions(copy.graph().closure(List.of(role)), api.id());
          for (Grant it : Grants.of(api, stage, role, copy.graph(), permissions)) {
            all.put(
                api.name() + " " + stage + " " + role + " " + it.route().text(it.action()),
                it.access()
                    + (it.inherited() ? " inherited" : "")
                    + (it.conditional() ? " conditional" : ""));
          }
        }
      }
    }
    return all;
  }

  /** On random policies, by what {@code decide} says of every request. */
  @Test
  void noOtherRequestIsDecidedOtherwise() {
    long seed = Long.getLong("grantway.matrix.seed", System.nanoTime());
    System.out.println("CellSplitTest: -Dgrantway.matrix.seed=" + seed);
    var random = new Random(seed);
    int done = 0;
    int refused = 0;
    for (int i = 0; i < WORLDS; i++) {
      world = new World(policy(random));
      matrices = new MatrixService(world.changes, world.operators);
      Api api = world.changes.workingCopy().api(API).orElseThrow();
      for (Route route : api.routes().routes()) {
        for (Action action : List.of(Action.GET, Action.POST)) {
          if (api.routes().actionsOf(route).contains(action)) {
            var cell = new CellRef(new RoleName("r1"), route.text(action));
            String which = "seed " + seed + ", world " + i + ", " + cell.text();
            switch (attempt(api, cell, which)) {
              case Edited.Split _ -> done++;
              case Edited.Refused _ -> refused++;
              case Edited.Done _, Edited.Nothing _ -> throw new AssertionError(which);
            }
          }
        }
      }
    }
    assertThat(done).as("seed %d", seed).isGreaterThan(50);
    assertThat(refused).as("seed %d", seed).isGreaterThan(50);
  }

  private static WorkingCopy undenied(WorkingCopy copy) {
    return copy.with(
        Stream.concat(NAMES.stream().map(RoleName::new), Stream.of(RoleName.AUTHENTICATED))
            .flatMap(role -> copy.permissions(role, API).stream())
            .filter(it -> it.effect() == Effect.DENY)
            .map(it -> Change.remove(new PolicyRow.OfPermission(it)))
            .toList());
  }

  private Edited attempt(Api api, CellRef cell, String which) {
    WorkingCopy was = world.changes.workingCopy();
    Map<String, Boolean> before = decisions(was, api);
    Edited edited = matrices.split(api, "prod", cell);
    WorkingCopy is = world.changes.workingCopy();
    Map<String, Boolean> after = decisions(is, api);
    if (edited instanceof Edited.Split) {
      Map<String, Boolean> undenied = decisions(undenied(was), api);
      decisions(undenied(is), api)
          .forEach(
              (request, allowed) ->
                  assertThat(allowed && !undenied.getOrDefault(request, false))
                      .as("%s: %s once nothing is denied", which, request)
                      .isFalse());
      after.forEach(
          (request, allowed) -> {
            boolean isCell = request.startsWith("prod r") && request.endsWith(" " + cell.route());
            if (!isCell) {
              assertThat(allowed).as("%s: %s", which, request).isEqualTo(before.get(request));
            } else if (request.startsWith("prod r1")) {
              assertThat(allowed).as("%s: %s", which, request).isFalse();
            }
          });
      world.changes.undo();
    } else {
      assertThat(after).as(which).isEqualTo(before);
    }
    return edited;
  }

  /** By stage, role, region, time and path, and the route that it is sent to. */
  private static Map<String, Boolean> decisions(WorkingCopy copy, Api api) {
    var all = new ArrayList<Permission>();
    copy.roles().keySet().forEach(role -> all.addAll(copy.permissions(role, API)));
    var decider =
        new PolicyDecider(
            new Policy(
                List.of(api), List.copyOf(copy.roles().values()), all, List.of(), Rules.NONE));
    var decisions = new TreeMap<String, Boolean>();
    for (String stage : api.stages()) {
      for (String role : NAMES) {
        for (String region : List.of("eu", "us")) {
          var caller =
              new PolicyTest.Caller(
                  "corp",
                  "",
                  "",
                  List.of(),
                  List.of(role),
                  Map.of("region", new ClaimValue.Text(region)),
                  List.of());
          for (Instant at : List.of(World.START, CUT)) {
            for (Action action : List.of(Action.GET, Action.POST)) {
              for (String path : PATHS) {
                String sent =
                    api.routes()
                        .route(action, RequestPath.of(path))
                        .map(it -> it.text(action))
                        .orElse("nowhere");
                decisions.put(
                    String.join(" ", stage, role, region, at.toString(), path, "by", sent),
                    decider
                        .decision(
                            new PolicyDecider.Question(
                                caller,
                                API.value(),
                                stage,
                                action,
                                path,
                                "",
                                RequestContext.at(at)))
                        .isAllowed());
              }
            }
          }
        }
      }
    }
    return decisions;
  }

  private static Policy policy(Random random) {
    var api =
        new Api(
            API,
            "a",
            List.of("dev", "prod", "test"),
            new RouteTable(ApiType.REST, ROUTES.stream().map(Route::parse).toList()),
            true);
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (String name : NAMES) {
      var role = new RoleName(name);
      var inherits = new TreeSet<RoleName>();
      if (name.equals("r2")) {
        inherits.add(new RoleName("r1"));
      } else if (name.equals("r1") && random.nextInt(3) == 0) {
        inherits.add(new RoleName("r3"));
      }
      roles.add(new Role(name, role, "", "", inherits));
      int count = 1 + random.nextInt(2);
      Stream.iterate(0, k -> k + 1)
          .limit(count)
          .forEach(k -> permissions.add(permission(random, role, k)));
    }
    return new Policy(List.of(api), roles, permissions, List.of(), Rules.NONE);
  }

  private static Permission permission(Random random, RoleName role, int number) {
    Condition condition =
        random.nextInt(5) == 0
            ? new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS, new Attribute.Claim("region"), List.of("eu"))))
            : Condition.NONE;
    return new Permission(
        new PermissionId(role + "-" + number),
        role,
        random.nextInt(5) == 0 ? Effect.DENY : Effect.ALLOW,
        API,
        random.nextInt(3) == 0 ? new StageScope("prod") : StageScope.EVERY,
        random.nextInt(3) == 0 ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(PATTERNS.get(random.nextInt(PATTERNS.size()))),
        condition,
        random.nextInt(5) == 0 ? new Validity(null, CUT) : Validity.ALWAYS,
        "");
  }
}
