package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.policy.Api;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of GATEWAY ("what can be exact") and COMPILER, by what they mean: on every
 * path of up to four segments over their words, the document allows what the example's does, or
 * what the example says.
 */
class WorkedExamplesTest {
  private static final Map<String, String> KEYS = IamContext.of(Worlds.NOW, "203.0.113.9").values();

  /** Routes of the table, permissions. */
  private static Compilation compile(List<String> routes, String... permissions) {
    Api api = Worlds.api(ApiType.REST, routes.toArray(String[]::new));
    return Compiler.compile(
        Worlds.compileRequest(
            api,
            Worlds.request(Action.GET, RequestPath.of("/"), null, Map.of()),
            Worlds.permissions(permissions),
            CacheKey.TOKEN));
  }

  /** {@code Allow GET/users/?*, GET/users/?*}{@code /orders; Deny GET/users/?*}{@code /admin*}. */
  @Test
  void itemAndOrdersWithoutAdmin() {
    List<String> routes =
        List.of("GET /users", "GET /users/{id}", "GET /users/{id}/orders", "GET /users/{id}/admin");
    Compilation compilation =
        compile(routes, "ALLOW GET /users/{id}", "ALLOW GET /users/{id}/orders");
    checkSame(
        compilation,
        routes,
        example(List.of("GET/users/?*", "GET/users/?*/orders"), List.of("GET/users/?*/admin*")),
        "users",
        "orders",
        "admin",
        "x");
    assertThat(opens(compilation, "/users/7/admin")).isFalse();
    assertThat(opens(compilation, "/users/7/admin/")).isFalse();
    assertThat(opens(compilation, "/users/7/admin//")).isFalse();
    assertThat(opens(compilation, "/users/7/orders")).isTrue();
    assertThat(opens(compilation, "/users")).isFalse();
  }

  /** {@code /users/me} beside a granted {@code /users/{id}}: fenced, with its twin. */
  @Test
  void aShadowingLiteralIsFencedWithItsTwin() {
    List<String> routes = List.of("GET /users/{id}", "GET /users/me");
    Compilation compilation = compile(routes, "ALLOW GET /users/{id}");
    checkSame(
        compilation,
        routes,
        example(List.of("GET/users/?*"), List.of("GET/users/me", "GET/users/me/", "GET/users/*/*")),
        "users",
        "me",
        "x");
    assertThat(opens(compilation, "/users/me/")).isFalse();
    assertThat(opens(compilation, "/users/m%65")).isFalse();
    assertThat(opens(compilation, "/users/me;v=1")).isFalse();
    assertThat(opens(compilation, "/users/meow")).isTrue();
  }

  /** One template: A(T) without every D_i(T) is exactly L(T). */
  @Test
  void oneTemplateIsExactlyItself() {
    List<String> routes = List.of("GET /users/{id}");
    Compilation compilation = compile(routes, "ALLOW GET /users/{id}");
    checkSame(
        compilation,
        routes,
        example(List.of("GET/users/?*"), List.of("GET/users/*/*")),
        "users",
        "x");
    assertThat(compilation.emitted().proof().openBeyondTable()).isEmpty();
    assertThat(opens(compilation, "/users/1/2")).isFalse();
    assertThat(opens(compilation, "/users/")).isFalse();
  }

  /** Pitfall of COMPILER: beside an allowed literal child the fence D_j cannot stay. */
  @Test
  void whatStaysOpenBeyondTheTableIsShown() {
    Compilation compilation =
        compile(
            List.of("GET /users/{id}", "GET /users/{id}/orders"),
            "ALLOW GET /users/{id}",
            "ALLOW GET /users/{id}/orders");
    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(compilation.emitted().proof().openBeyondTable()).isPresent();
    assertThat(opens(compilation, "/users/1/other")).isTrue();
  }

  /** {@code 1} against {@code +}: a greedy route needs depth classes. */
  @Test
  void aDepthOfAGreedyRouteIsNoConflict() {
    List<String> routes = List.of("GET /f/{x}", "GET /f/{p+}");
    Compilation shallow = compile(routes, "ALLOW GET /f/{x}");
    checkSame(shallow, routes, example(List.of("GET/f/?*"), List.of("GET/f/?*/?*")), "f", "x");
    assertThat(opens(shallow, "/f/x")).isTrue();
    assertThat(opens(shallow, "/f/x/y")).isFalse();
  }

  @Test
  void theDepthGapComesBackWithItsWitness() {
    List<String> routes = List.of("GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}");
    Compilation compilation = compile(routes, "ALLOW GET /u/{x}", "ALLOW GET /u/{x}/{y}/{z}");
    checkGap(compilation, "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}", "/u/[^/]+/[^/]+");
    checkSubset(compilation, routes, "ALLOW GET /u/{x}", "ALLOW GET /u/{x}/{y}/{z}");
  }

  /** "Realistic form" of GATEWAY. */
  @Test
  void theRealisticDepthGapComesBackWithItsWitness() {
    List<String> routes =
        List.of("GET /users/{id}", "GET /users/{id}/{section}", "GET /users/{id}/orders/{oid}");
    String[] permissions = {"ALLOW GET /users/{id}", "ALLOW GET /users/{id}/orders/{oid}"};
    Compilation compilation = compile(routes, permissions);
    checkGap(
        compilation,
        "GET /users/{id}/{section}",
        "GET /users/{id}/orders/{oid}",
        "/users/[^/]+/[^/]+");
    checkSubset(compilation, routes, permissions);
  }

  /** The other shapes of COMPILER's GAP. */
  @Test
  void aDeniedDepthInsideAnAllowedGreedyRouteIsAGap() {
    List<String> routes = List.of("GET /files/{path+}");
    String[] permissions = {"ALLOW GET /files/**", "DENY GET /files/{a}/{b}"};
    Compilation compilation = compile(routes, permissions);
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    assertThat(((NotRepresentable) compilation).conflicts())
        .anyMatch(conflict -> conflict.kind() == Conflict.Kind.GAP);
    checkSubset(compilation, routes, permissions);
  }

  @Test
  void aLiteralSplitUnderADeniedChildIsAGap() {
    List<String> routes = List.of("GET /teams/{id}", "GET /teams/{id}/refunds");
    String[] permissions = {"ALLOW GET /teams/{id}", "ALLOW GET /teams/42/refunds"};
    Compilation compilation = compile(routes, permissions);
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    assertThat(((NotRepresentable) compilation).conflicts())
        .anyMatch(conflict -> conflict.kind() == Conflict.Kind.GAP);
    checkSubset(compilation, routes, permissions);
  }

  /** COLLISION: it costs one value of one parameter, and the finding says which requests. */
  @Test
  void aCollisionIsNamedWithTheRequestsLost() {
    List<String> routes =
        List.of("GET /teams/{id}", "GET /teams/{id}/refunds", "GET /teams/{id}/refunds/{sid}");
    Compilation compilation =
        compile(routes, "ALLOW GET /teams/{id}", "ALLOW GET /teams/{id}/refunds/{sid}");
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    var none = (NotRepresentable) compilation;
    assertThat(none.conflicts())
        .isNotEmpty()
        .allMatch(conflict -> conflict.kind() == Conflict.Kind.COLLISION)
        .allMatch(conflict -> conflict.route().equals("GET /teams/{id}/refunds"))
        .allMatch(conflict -> conflict.with().equals("GET /teams/{id}/refunds/{sid}"))
        .allMatch(conflict -> conflict.path().matches("/teams/[^/]+/refunds"));
    assertThat(none.lost())
        .hasSize(1)
        .allMatch(
            lost ->
                "GET /teams/7/refunds/refunds".matches("GET " + PathSpace.regex(lost.substring(4)))
                    && !"GET /teams/7/refunds/8"
                        .matches("GET " + PathSpace.regex(lost.substring(4))));
    assertThat(opens(compilation, "/teams/7")).isTrue();
    assertThat(opens(compilation, "/teams/7/refunds/8")).isTrue();
    assertThat(opens(compilation, "/teams/refunds/refunds/8")).isTrue();
    assertThat(opens(compilation, "/teams/7/refunds")).isFalse();
    assertThat(opens(compilation, "/teams/7/refunds/refunds")).isFalse();
  }

  private static void checkGap(Compilation compilation, String route, String with, String witness) {
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    assertThat(((NotRepresentable) compilation).conflicts())
        .as("%s", compilation)
        .anyMatch(
            conflict ->
                conflict.kind() == Conflict.Kind.GAP
                    && conflict.route().equals(route)
                    && conflict.with().equals(with)
                    && conflict.path().matches(witness));
  }

  /** The same as the example on everything that the table routes; no irregular path is opened. */
  private static void checkSame(
      Compilation compilation, List<String> routes, OtherIam example, String... words) {
    assertThat(compilation).isInstanceOf(Compiled.class);
    var space = new PathSpace(paths(words));
    BitSet ours = space.allowed(OtherIam.read(compilation.emitted().json()), "GET", KEYS);
    BitSet theirs = space.allowed(example, "GET", KEYS);
    BitSet routable = space.route(templates(routes)).routable();
    ours.and(routable);
    theirs.and(routable);
    BitSet irregular = PathSpace.without(ours, space.regular());
    ours.and(space.regular());
    theirs.and(space.regular());
    ours.xor(theirs);
    assertThat(space.first(ours)).as("differs: %s", compilation.emitted().json()).isEqualTo("none");
    for (int i = irregular.nextSetBit(0); i >= 0; i = irregular.nextSetBit(i + 1)) {
      String path = space.path(i);
      assertThat(OtherPaths.isRegular(OtherPaths.routedByRest(path)) && path.endsWith("/"))
          .as("%s is open in %s", path, compilation.emitted().json())
          .isTrue();
    }
  }

  /** A subset opens nothing that is denied, and something unless its only route is dropped. */
  private static void checkSubset(
      Compilation compilation, List<String> routes, String... permissions) {
    var rules = new ArrayList<PathSpace.Rule>();
    var words = new LinkedHashSet<>(List.of("x", "42"));
    for (String permission : permissions) {
      String[] parts = permission.split(" ");
      rules.add(new PathSpace.Rule(parts[0].equals("ALLOW"), parts[2]));
    }
    for (String template : templates(routes)) {
      OtherPaths.segments(template).stream()
          .filter(segment -> !OtherPaths.isVariable(segment))
          .forEach(words::add);
    }
    var space = new PathSpace(paths(words.toArray(String[]::new)));
    PathSpace.Routed routed = space.route(templates(routes));
    BitSet opened = space.allowed(OtherIam.read(compilation.emitted().json()), "GET", KEYS);
    BitSet over = PathSpace.without(opened, space.allowed(routed, rules));
    over.and(routed.routable());
    assertThat(space.first(over)).as("%s", compilation).isEqualTo("none");
    boolean oneRoute = routes.size() == 1;
    assertThat(opened.isEmpty()).as("%s: all of its one route", compilation).isEqualTo(oneRoute);
  }

  private static List<String> templates(List<String> routes) {
    return routes.stream().map(route -> route.substring("GET ".length())).toList();
  }

  /** Every path of up to four of these words, with a trailing slash and doubled slashes too. */
  private static List<String> paths(String... words) {
    var paths = new LinkedHashSet<>(List.of("/"));
    List<String> level = List.of("");
    for (int depth = 1; depth <= 4; depth++) {
      var next = new ArrayList<String>();
      for (String start : level) {
        for (String word : words) {
          next.add(start + "/" + word);
        }
      }
      next.forEach(path -> paths.addAll(List.of(path, path + "/", path + "//", "/" + path)));
      level = next;
    }
    return List.copyOf(paths);
  }

  private static OtherIam example(List<String> allow, List<String> deny) {
    return OtherIam.read(
        "{\"Version\":\"2012-10-17\",\"Statement\":["
            + statement("Allow", allow)
            + ","
            + statement("Deny", deny)
            + "]}");
  }

  private static String statement(String effect, List<String> globs) {
    return "{\"Effect\":\"%s\",\"Action\":\"execute-api:Invoke\",\"Resource\":[%s]}"
        .formatted(
            effect,
            String.join(
                ",", globs.stream().map(glob -> "\"" + Worlds.BASE + "/" + glob + "\"").toList()));
  }

  private static boolean opens(Compilation compilation, String path) {
    return OtherIam.read(compilation.emitted().json()).evaluate(Worlds.BASE + "/GET" + path, KEYS)
        == Verdict.ALLOW;
  }
}
