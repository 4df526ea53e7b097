package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** COMP-01 and COMP-02 for one route: documents of random small policies against the decision. */
class RandomRouteTest {
  private static final int POLICIES = 800;
  private static final int DEEP_PATHS = 400;
  private static final List<String> SEGMENTS =
      List.of("a", "b", "c", "", "%61", "a;x", ";x", "c%62", "c;");

  private final List<String> shallow = paths(0, 3);
  private final List<String> deep = paths(4, 5);

  @ParameterizedTest
  @EnumSource(
      value = ApiType.class,
      names = {"REST", "HTTP"})
  void documentsAllowWhatIsDecidedAndNothingElse(ApiType type) {
    long seed = System.nanoTime();
    System.out.println("RandomRouteTest " + type + " seed " + seed);
    var random = new Random(seed);
    var counts = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < POLICIES; i++) {
      Api api = api(type, random);
      Route route = api.routes().routes().get(random.nextInt(api.routes().routes().size()));
      List<Permission> permissions = permissions(api.routes().routes(), random);
      permissions.add(Worlds.permission("ALLOW ANY " + near(route, random)));
      Action action = random.nextBoolean() ? Action.GET : route.actions().iterator().next();
      if (route.actions().contains(action)) {
        String kind = check(api, route, action, permissions, random, "seed " + seed);
        counts.merge(kind, 1, Integer::sum);
      }
    }
    System.out.println(
        "RandomRouteTest "
            + type
            + " "
            + counts
            + " × "
            + (shallow.size() + DEEP_PATHS)
            + " paths");
    assertThat(counts.get("Compiled")).isGreaterThan(POLICIES / 5);
    assertThat(counts.getOrDefault("unproved", 0)).isLessThan(POLICIES / 100);
  }

  private String check(
      Api api,
      Route route,
      Action action,
      List<Permission> permissions,
      Random random,
      String seed) {
    Map<String, ClaimValue> claims =
        random.nextBoolean() ? Map.of("sub", new ClaimValue.Text("a")) : Map.of();
    AccessRequest request = Worlds.request(action, RequestPath.of("/"), route.template(), claims);
    Compilation compilation =
        Compiler.compile(
            Worlds.compileRequest(api, request, permissions, CacheKey.TOKEN_AND_ROUTE));
    String what =
        seed + " " + api.routes().routes() + " " + action + " " + route + " " + permissions;
    boolean exact = compilation instanceof Compiled;
    if (!route.template().isGreedy() && route.template().toString().startsWith("/")) {
      assertThat(exact).as("%s came out as %s", what, compilation).isTrue();
    }
    Compiled compiled = compilation.emitted();
    for (String text : shallow) {
      checkPath(api, route, request, permissions, compiled, exact, text, what);
    }
    for (int i = 0; i < DEEP_PATHS; i++) {
      String text = deep.get(random.nextInt(deep.size()));
      checkPath(api, route, request, permissions, compiled, exact, text, what);
    }
    if (compilation instanceof NotRepresentable(var conflicts, var lost, var subset)
        && conflicts.getFirst().path().equals(route.template().toString())) {
      return "unproved";
    }
    return exact
        ? compiled.proof().requests() == 0 ? "nothing" : "Compiled"
        : compilation.getClass().getSimpleName();
  }

  private static void checkPath(
      Api api,
      Route route,
      AccessRequest request,
      List<Permission> permissions,
      Compiled compiled,
      boolean exact,
      String text,
      String what) {
    RequestPath path = RequestPath.of(text);
    boolean allowed =
        IamEvaluator.evaluate(
                compiled.document(),
                Worlds.ARN.arn(request.action(), text),
                IamContext.of(Worlds.NOW, ""))
            == Verdict.ALLOW;
    Optional<Route> chosen = api.routes().route(request.action(), path);
    if (chosen.isEmpty()) {
      assertThat(!allowed || compiled.proof().openBeyondTable().isPresent())
          .as("%s: `%s` is open: %s", what, text, compiled.json())
          .isTrue();
      return;
    }
    boolean decided =
        chosen.get().template().equals(route.template())
            && Decisions.decide(api, request.on(path, null), permissions).isAllowed();
    boolean agrees = allowed ? decided : !decided || !exact || !path.isRegular();
    assertThat(agrees)
        .as("%s: `%s` is %s and was decided %s: %s", what, text, allowed, decided, compiled.json())
        .isTrue();
  }

  static Api api(ApiType type, Random random) {
    var routes = new ArrayList<String>();
    var shapes = new ArrayList<String>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String method = List.of("GET", "GET", "POST", "ANY").get(random.nextInt(4));
      String path = path(random, List.of("a", "b", "{x}", "{x}"), List.of("{p+}"));
      if (!shapes.contains(method + path)) {
        shapes.add(method + path);
        routes.add(method + " " + path);
      }
    }
    if (type == ApiType.HTTP && random.nextInt(5) == 0) {
      routes.add("$default");
    }
    return Worlds.api(type, routes.toArray(String[]::new));
  }

  /** The route's own template, with a literal in one variable perhaps. */
  private static String near(Route route, Random random) {
    String template = route.template().toString().replace("$default", "/**");
    return random.nextBoolean() ? template : template.replaceFirst("\\{x}", "b");
  }

  static List<Permission> permissions(List<Route> routes, Random random) {
    var permissions = new ArrayList<Permission>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String effect = random.nextInt(3) == 0 ? "DENY " : "ALLOW ";
      String method = List.of("GET ", "ANY ").get(random.nextInt(2));
      String path =
          random.nextInt(3) == 0
              ? near(routes.get(random.nextInt(routes.size())), random)
              : path(
                  random,
                  List.of("a", "b", "{x}", "{x}", "${claims.sub}"),
                  List.of("{p+}", "**", "**"));
      permissions.add(Worlds.permission(effect + method + path));
    }
    return permissions;
  }

  private static String path(Random random, List<String> inner, List<String> last) {
    int depth = random.nextInt(4);
    var path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      boolean tail = i == depth - 1 && random.nextInt(4) == 0;
      List<String> from = tail ? last : inner;
      path.append('/').append(from.get(random.nextInt(from.size())));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  static List<String> paths(int shallowest, int deepest) {
    var paths = new ArrayList<String>();
    var level = List.of("");
    for (int depth = 0; depth <= deepest; depth++) {
      if (depth >= shallowest) {
        paths.addAll(depth == 0 ? List.of("/") : level);
      }
      var next = new ArrayList<String>();
      for (String start : level) {
        for (String segment : SEGMENTS) {
          next.add(start + "/" + segment);
        }
      }
      level = next;
    }
    return paths;
  }
}
