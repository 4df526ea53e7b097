package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A realistic API and what some roles may do on it, made from one number: the same number gives the
 * same policy.
 */
final class RandomPolicy {
  /** What kind of route table. */
  enum Kind {
    /** Nested collections and items with sibling literals, as REST APIs have them. */
    CRUD,
    /** The same with greedy proxies. */
    PROXY,
    /** An HTTP API, perhaps with {@code $default}. */
    HTTP
  }

  static final int TTL = 300;
  private static final RoleName STAFF = new RoleName("staff");
  private static final RoleName OTHERS = new RoleName("others");
  private static final List<String> NAMES =
      List.of("orders", "users", "teams", "invoices", "reports");
  private static final List<String> PARTS =
      List.of("lines", "notes", "files", "refunds", "members");
  private static final List<String> ADDRESSES = List.of("10.1.2.3", "203.0.113.9", "2001:db8::1");

  private final Random random;
  private final Kind kind;
  private final Set<String> routes = new LinkedHashSet<>();
  private final List<Permission> permissions = new ArrayList<>();
  private final boolean extras;
  private RoleName role = Worlds.ROLE;
  private String stage = "*";

  /**
   * @param seed of the run
   * @param extras with conditions, windows, ends of roles and odd options
   */
  RandomPolicy(long seed, int number, boolean extras) {
    this.random = new Random(seed * 1_000_003 + number);
    random.nextInt();
    this.kind = number % 5 < 3 ? Kind.CRUD : number % 5 == 3 ? Kind.PROXY : Kind.HTTP;
    this.extras = extras;
    addRoutes();
  }

  Kind kind() {
    return kind;
  }

  /** The finished policy: what to compile, and what is so about every request. */
  CompileRequest request() {
    var table = new RouteTable(type(), routes.stream().map(Route::parse).toList());
    var api = new Api(Worlds.ID, "shop", List.of("prod", "dev"), table, false);
    addPermissions();
    var roles =
        List.of(
            new Role("1", Worlds.ROLE, "", "", new TreeSet<>(Set.of(STAFF))),
            new Role("2", STAFF, "", "", new TreeSet<>()),
            new Role("3", OTHERS, "", "", new TreeSet<>(Set.of(STAFF))));
    Set<RoleName> held = new RoleGraph(roles).closure(List.of(Worlds.ROLE));
    var claims =
        random.nextInt(6) == 0
            ? Map.<String, ClaimValue>of("region", new ClaimValue.Text("eu"))
            : Map.<String, ClaimValue>of(
                "sub", new ClaimValue.Text(random.nextInt(8) == 0 ? "auth0|7" : "alice"),
                "region", new ClaimValue.Text(random.nextBoolean() ? "eu" : "us"));
    var principal = new Principal("dev", "alice", "cli", Set.of(), held, claims, Set.of("read"));
    var request =
        new AccessRequest(
            Worlds.ID,
            "prod",
            Action.GET,
            RequestPath.of("/"),
            null,
            principal,
            new RequestContext("203.0.113.9", Map.of(), Map.of(), Worlds.NOW));
    Map<RoleName, Instant> ends =
        extras && random.nextInt(6) == 0 ? Map.of(STAFF, Worlds.NOW.plusSeconds(90)) : Map.of();
    Collections.shuffle(permissions, random);
    return new CompileRequest(
        api, request, permissions, Worlds.ARN, CacheKey.TOKEN, ends, options());
  }

  private CompileOptions options() {
    boolean plain = !extras || random.nextInt(3) > 0;
    return plain
        ? CompileOptions.DEFAULTS
        : new CompileOptions(
            Duration.ofSeconds(random.nextInt(4) == 0 ? 60 : TTL),
            List.of(8192, 8192, 16384, 1400).get(random.nextInt(4)),
            random.nextInt(3) > 0,
            random.nextInt(3) == 0);
  }

  private ApiType type() {
    return kind == Kind.HTTP ? ApiType.HTTP : ApiType.REST;
  }

  private void addRoutes() {
    if (random.nextInt(3) == 0) {
      routes.add("GET /");
    }
    if (random.nextInt(3) == 0) {
      routes.add("GET /health");
    }
    var names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    for (String name : names.subList(0, 1 + random.nextInt(3))) {
      addCollection("/" + name, 0);
    }
    if (kind != Kind.CRUD) {
      addProxies();
    }
  }

  private void addCollection(String path, int depth) {
    String item = path + "/{" + (char) ('a' + depth) + "}";
    add("GET " + path, 95);
    add("POST " + path, 80);
    add("GET " + item, 95);
    add("PUT " + item, 60);
    add("PATCH " + item, 25);
    add("DELETE " + item, 60);
    add("GET " + path + "/search", 30);
    add("POST " + path + "/export", 15);
    add((random.nextInt(4) == 0 ? "ANY " : "GET ") + path + "/me", 15);
    add("POST " + item + "/cancel", 30);
    add("GET " + item + "/history", 25);
    var parts = new ArrayList<>(PARTS);
    Collections.shuffle(parts, random);
    int count =
        switch (depth) {
          case 0 -> List.of(0, 0, 0, 1, 1, 2).get(random.nextInt(6));
          case 1 -> random.nextInt(8) == 0 ? 1 : 0;
          default -> 0;
        };
    for (String part : parts.subList(0, count)) {
      if (random.nextInt(4) == 0) {
        add("GET " + item + "/" + part, 100);
        add("PUT " + item + "/" + part, 60);
      } else {
        addCollection(item + "/" + part, depth + 1);
      }
    }
  }

  private void addProxies() {
    add("GET /assets/{path+}", 60);
    add("ANY /proxy/{path+}", 50);
    add("GET /assets/public/{path+}", 30);
    add("GET /assets/index", 40);
    add("ANY /proxy/{service}/admin", 25);
    add("GET /{page}", 20);
    add("ANY /{path+}", 15);
    if (kind == Kind.HTTP) {
      add("$default", 40);
    }
  }

  private void add(String route, int percent) {
    if (random.nextInt(100) < percent) {
      routes.add(route);
    }
  }

  private void addPermissions() {
    int grants = 1 + random.nextInt(3);
    for (int i = 0; i < grants; i++) {
      chooseHolder();
      switch (random.nextInt(6)) {
        case 0, 1 -> grantCollection(Set.of(Action.GET));
        case 2 -> grantCollection(Set.of(Action.GET, Action.POST, Action.PUT, Action.PATCH));
        case 3 -> grantSubtree();
        default -> grantRoutes(1 + random.nextInt(3));
      }
    }
    chooseHolder();
    if (random.nextInt(3) == 0) {
      grantOwn();
    }
    for (int i = random.nextInt(4) - 2; i >= 0; i--) {
      addDeny();
    }
  }

  /** One bundle of permissions belongs to one role, on one stage or on all. */
  private void chooseHolder() {
    role =
        switch (random.nextInt(12)) {
          case 0 -> OTHERS;
          case 1, 2, 3 -> STAFF;
          default -> Worlds.ROLE;
        };
    stage = random.nextInt(12) == 0 ? "dev" : random.nextInt(6) == 0 ? "prod" : "*";
  }

  private void grantCollection(Set<Action> actions) {
    String name = anyPath();
    String base = "/" + OtherPaths.segments(name + "/x").getFirst();
    for (String route : routes) {
      String path = path(route);
      if (path.equals(base) || path.startsWith(base + "/")) {
        permit(Effect.ALLOW, actions, path);
      }
    }
  }

  private void grantSubtree() {
    List<String> segments = OtherPaths.segments(anyPath());
    int cut = segments.isEmpty() ? 0 : 1 + random.nextInt(segments.size());
    var base = new StringBuilder();
    for (String segment : segments.subList(0, cut)) {
      if (!OtherPaths.isGreedy(segment) && !segment.equals("**")) {
        base.append('/').append(segment);
      }
    }
    permit(Effect.ALLOW, methods(), base + "/**");
  }

  private void grantRoutes(int count) {
    var all = new ArrayList<>(routes);
    for (int i = 0; i < count; i++) {
      grantRoute(all.get(random.nextInt(all.size())));
    }
  }

  /** Whoever may see an item of a collection may mostly list it. */
  private void grantRoute(String route) {
    String path = path(route);
    String verb = route.contains(" ") ? route.substring(0, route.indexOf(' ')) : "ANY";
    permit(Effect.ALLOW, verb.equals("ANY") ? Action.VERBS : Set.of(Action.valueOf(verb)), path);
    String list = path.replaceFirst("/\\{[a-z]+}$", "");
    if (verb.equals("GET") && !list.equals(path) && random.nextInt(4) > 0) {
      permit(Effect.ALLOW, Set.of(Action.GET), list.isEmpty() ? "/" : list);
    }
  }

  /** What belongs to the caller: a claim in place of the first variable. */
  private void grantOwn() {
    for (String route : routes) {
      String path = path(route);
      if (path.contains("{a}")) {
        permit(Effect.ALLOW, methods(), path.replace("{a}", "${claims.sub}"));
        return;
      }
    }
  }

  private void addDeny() {
    String path = anyPath();
    String pattern =
        switch (random.nextInt(4)) {
          case 0 -> path;
          case 1 -> path.replaceFirst("\\{[a-z]+}", "42");
          case 2 -> path.replaceFirst("\\{[a-z]+}", "\\${claims.sub}");
          default -> path.replaceFirst("/[^/]*$", "") + "/**";
        };
    permit(Effect.DENY, methods(), pattern);
  }

  private Set<Action> methods() {
    return switch (random.nextInt(4)) {
      case 0 -> Action.VERBS;
      case 1 -> Set.of(Action.PUT, Action.DELETE);
      default -> Set.of(Action.GET);
    };
  }

  private String anyPath() {
    return path(new ArrayList<>(routes).get(random.nextInt(routes.size())));
  }

  private static String path(String route) {
    return route.equals("$default") ? "/**" : route.substring(route.indexOf(' ') + 1);
  }

  private void permit(Effect effect, Set<Action> actions, String pattern) {
    boolean plain = !extras || random.nextInt(5) > 0;
    permissions.add(
        new Permission(
            new PermissionId("p" + permissions.size()),
            role,
            effect,
            Worlds.ID,
            new StageScope(stage),
            actions,
            ResourcePattern.parse(pattern),
            plain ? Condition.NONE : condition(),
            plain || random.nextBoolean() ? Validity.ALWAYS : validity(),
            ""));
  }

  private Condition condition() {
    Condition.Clause clause =
        switch (random.nextInt(8)) {
          case 0 -> clause(Operator.STRING_EQUALS, "claims.region", "eu");
          case 1 -> clause(Operator.STRING_NOT_EQUALS, "claims.region", "eu");
          case 2 -> clause(Operator.STRING_EQUALS, "token.scopes", "write");
          case 3 -> clause(Operator.IP_ADDRESS, "request.sourceIp", "10.0.0.0/8");
          case 4 -> clause(Operator.NOT_IP_ADDRESS, "request.sourceIp", "203.0.113.0/24");
          case 5 -> clause(Operator.STRING_EQUALS, "request.header.X-Tenant", "acme");
          case 6 -> clause(Operator.DATE_LESS_THAN, "time.now", "2026-06-01T12:01:00Z");
          default -> clause(Operator.NULL, "claims.sub", "false");
        };
    return random.nextInt(3) == 0 ? Condition.NONE : new Condition(List.of(clause));
  }

  private static Condition.Clause clause(Operator operator, String attribute, String value) {
    return new Condition.Clause(operator, Attribute.parse(attribute), List.of(value));
  }

  private Validity validity() {
    Instant cut = Worlds.NOW.plusSeconds(List.of(-60, 0, 120, 400).get(random.nextInt(4)));
    return random.nextBoolean() ? new Validity(cut, null) : new Validity(null, cut);
  }

  /** Instants on both sides of every boundary above, within the TTL. */
  static List<Instant> instants(int ttl) {
    return List.of(0, 59, 60, 89, 90, 119, 120, TTL).stream()
        .filter(second -> second <= ttl)
        .map(Worlds.NOW::plusSeconds)
        .toList();
  }

  static List<String> addresses() {
    return ADDRESSES;
  }

  /**
   * What the law of the key leaves of the permissions at an instant: headers are false on an ALLOW
   * and true on a DENY, and roles that have ended give nothing.
   */
  static List<Permission> at(Instant now, CompileRequest request) {
    var left = new ArrayList<Permission>();
    for (Permission permission : request.permissions()) {
      @Nullable Instant end = request.roleEnds().get(permission.role());
      boolean header =
          permission.condition().clauses().stream()
              .anyMatch(clause -> clause.attribute() instanceof Attribute.Header);
      if (end != null && !now.isBefore(end) || header && permission.effect() == Effect.ALLOW) {
        continue;
      }
      left.add(header ? withoutCondition(permission) : permission);
    }
    return left;
  }

  static Permission withoutCondition(Permission permission) {
    return new Permission(
        permission.id(),
        permission.role(),
        permission.effect(),
        permission.api(),
        permission.stage(),
        permission.actions(),
        permission.resource(),
        Condition.NONE,
        permission.validity(),
        permission.note());
  }
}
