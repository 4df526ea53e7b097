package dev.grantway.analysis;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One API, the roles staff and lead (which inherits staff), and every request of a small world. */
record World(Api api) {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");
  static final Instant END = Instant.parse("2026-08-01T00:00:00Z");
  private static final RoleName STAFF = new RoleName("staff");
  private static final RoleName LEAD = new RoleName("lead");
  private static final List<Role> ROLES =
      List.of(
          new Role("staff", STAFF, "", "", new TreeSet<>()),
          new Role("lead", LEAD, "", "", new TreeSet<>(Set.of(STAFF))));

  static World of(ApiType type, String... routes) {
    List<Route> table =
        Arrays.stream(routes)
            .map(text -> type == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text))
            .toList();
    return new World(
        new Api(
            new ApiId("a1"), "orders", List.of("prod", "dev"), new RouteTable(type, table), false));
  }

  static Permission permission(String id, String role, String effect, String what) {
    int space = what.indexOf(' ');
    String methods = space < 0 ? "" : what.substring(0, space);
    String resource = what.substring(space + 1);
    Set<Action> actions = new TreeSet<>();
    for (String method : methods.split(",", -1)) {
      if (method.equals("*")) {
        actions.addAll(Action.VERBS);
      } else {
        actions.add(method.isEmpty() ? Action.CONNECT : Action.valueOf(method));
      }
    }
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        Effect.valueOf(effect),
        new ApiId("a1"),
        StageScope.EVERY,
        actions,
        methods.isEmpty()
            ? ResourcePattern.parseRouteKey(resource)
            : ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  static Permission with(Permission p, StageScope stage, Condition condition, Validity validity) {
    return new Permission(
        p.id(),
        p.role(),
        p.effect(),
        p.api(),
        stage,
        p.actions(),
        p.resource(),
        condition,
        validity,
        p.note());
  }

  static Permission during(Permission p, Validity validity) {
    return with(p, p.stage(), p.condition(), validity);
  }

  static Permission when(Permission p, Condition.Clause... clauses) {
    return with(p, p.stage(), new Condition(List.of(clauses)), p.validity());
  }

  static Permission on(Permission p, String stage) {
    return with(p, new StageScope(stage), p.condition(), p.validity());
  }

  Policy policy(Collection<Permission> permissions) {
    return new Policy(List.of(api), ROLES, List.copyOf(permissions), List.of(), Rules.NONE);
  }

  List<Finding> findings(Permission... permissions) {
    return PolicyAnalysis.of(policy(List.of(permissions)), NOW);
  }

  List<String> lines(Permission... permissions) {
    return findings(permissions).stream()
        .map(f -> f.severity().text() + " " + f.code().text() + " " + f.message() + "; " + f.next())
        .toList();
  }

  Decision decide(AccessRequest request, Collection<Permission> permissions) {
    return Decisions.decide(api, request, permissions);
  }

  /** What differs between principals, contexts and stages in these worlds. */
  record Range(
      List<Set<String>> roles,
      List<Map<String, ClaimValue>> claims,
      List<Instant> times,
      List<String> stages) {
    static final List<Set<String>> EVERY_ROLES =
        List.of(
            Set.of("authenticated"),
            Set.of("authenticated", "staff"),
            Set.of("authenticated", "staff", "lead"));
  }

  /** Every request with a path of up to so many segments of these; an empty one doubles a slash. */
  List<AccessRequest> requests(List<String> segments, int depth, Range range) {
    var requests = new ArrayList<AccessRequest>();
    for (String path : paths(segments, depth)) {
      for (Action action : List.of(Action.GET, Action.POST)) {
        for (Set<String> roles : range.roles()) {
          for (Map<String, ClaimValue> claims : range.claims()) {
            for (Instant now : range.times()) {
              for (String stage : range.stages()) {
                requests.add(request(action, path, roles, claims, now, stage));
              }
            }
          }
        }
      }
    }
    return requests;
  }

  private AccessRequest request(
      Action action,
      String path,
      Set<String> roles,
      Map<String, ClaimValue> claims,
      Instant now,
      String stage) {
    var held = new TreeSet<RoleName>();
    roles.forEach(role -> held.add(new RoleName(role)));
    var principal = new Principal("corp", "alice", "cli", Set.of(), held, claims, Set.of());
    return new AccessRequest(
        api.id(), stage, action, RequestPath.of(path), null, principal, RequestContext.at(now));
  }

  private static List<String> paths(List<String> segments, int depth) {
    var paths = new ArrayList<String>(List.of("/"));
    List<String> longer = List.of("");
    for (int i = 0; i < depth; i++) {
      var next = new ArrayList<String>();
      for (String start : longer) {
        segments.forEach(segment -> next.add(start + "/" + segment));
      }
      paths.addAll(next);
      longer = next;
    }
    return paths;
  }
}
