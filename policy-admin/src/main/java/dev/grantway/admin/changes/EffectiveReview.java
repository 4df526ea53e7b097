package dev.grantway.admin.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.EffectiveChange;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes which grants changes gain and lose, after inheritance, wildcards and denials. */
final class EffectiveReview {
  private static final Set<String> RISKY = Set.of("pii", "admin", "money");

  private record Place(GrantChange.Kind kind, RoleName role, String api, String route) {}

  private record Reads(ApiId api, Set<Permission> changed) {}

  private record LostAt(ApiId api, String stage) {}

  private record Side(
      WorkingCopy copy, SortedMap<RoleName, Role> roles, RoleGraph graph, Map<ApiId, Api> apis) {
    static Side of(WorkingCopy copy) {
      SortedMap<RoleName, Role> roles = copy.roles();
      var apis = new TreeMap<ApiId, Api>();
      copy.apis().forEach(api -> apis.put(api.id(), api));
      return new Side(copy, roles, new RoleGraph(roles.values()), apis);
    }

    List<Permission> permissions(RoleName role, ApiId api) {
      return has(role) ? copy.permissions(graph.closure(List.of(role)), api) : List.of();
    }

    /** The built-in role is there without a row of its own. */
    boolean has(RoleName role) {
      return roles.containsKey(role) || role.equals(RoleName.AUTHENTICATED);
    }

    Set<String> stages(ApiId id) {
      Api api = apis.get(id);
      return api == null ? Set.of() : new TreeSet<>(api.stages());
    }
  }

  private final Side before;
  private final Side after;
  private final Map<Place, GrantChange> found = new LinkedHashMap<>();
  private final List<HolderChange> holders = new ArrayList<>();
  private final Set<Risk> risks = new LinkedHashSet<>();
  private final Map<LostAt, Set<Route>> lost = new LinkedHashMap<>();
  private final SortedSet<String> lines = new TreeSet<>();
  private final Map<Reads, List<Route>> touched = new HashMap<>();

  private EffectiveReview(WorkingCopy before, WorkingCopy after) {
    this.before = Side.of(before);
    this.after = Side.of(after);
  }

  /** What the changes of the copy do to who may call what. */
  static Effect of(WorkingCopy after, Collection<Change> changes) {
    if (changes.isEmpty()) {
      return Effect.NOTHING;
    }
    var review = new EffectiveReview(after.withoutChanges(), after);
    review.compare(changes);
    List<GrantChange> grants =
        review.found.values().stream()
            .sorted(
                Comparator.comparing(GrantChange::kind)
                    .thenComparing(GrantChange::role)
                    .thenComparing(GrantChange::route))
            .toList();
    review.findRisks(changes);
    return new Effect(
        grants,
        review.holders,
        review.risks.stream().sorted().toList(),
        Sha256.hex(String.join("\n", review.lines).getBytes(UTF_8)));
  }

  private void compare(Collection<Change> changes) {
    Set<RoleName> roles = heirs(touched(changes));
    Set<ApiId> whole = apisChanged(changes);
    var apis = new TreeSet<>(before.apis().keySet());
    apis.addAll(after.apis().keySet());
    for (ApiId api : apis) {
      Set<RoleName> concerned = whole.contains(api) ? everyRole() : roles;
      concerned.forEach(role -> compare(api, role));
    }
    for (Change change : changes) {
      if (change.beforeOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
        holder(GrantChange.Kind.LOST, assignment, before);
      }
      if (change.afterOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
        holder(GrantChange.Kind.GAINED, assignment, after);
      }
    }
  }

  private Set<RoleName> everyRole() {
    var every = new TreeSet<>(before.roles().keySet());
    every.addAll(after.roles().keySet());
    every.add(RoleName.AUTHENTICATED);
    return every;
  }

  private static Set<RoleName> touched(Collection<Change> changes) {
    var roles = new TreeSet<RoleName>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> roles.add(key.role());
        case RowKey.OfRole key -> roles.add(key.name());
        case RowKey.OfApi key -> {}
        case RowKey.OfAssignment key -> {}
        case RowKey.OfRule key -> {}
      }
    }
    return roles;
  }

  /** The APIs whose routes or stages change: there every role may gain and lose. */
  private static Set<ApiId> apisChanged(Collection<Change> changes) {
    return changes.stream()
        .map(Change::key)
        .filter(RowKey.OfApi.class::isInstance)
        .map(key -> ((RowKey.OfApi) key).id())
        .collect(Collectors.toSet());
  }

  /** The roles and those that inherit them, before or after. */
  private Set<RoleName> heirs(Set<RoleName> touched) {
    var heirs = new TreeSet<>(touched);
    for (Side side : List.of(before, after)) {
      for (RoleName role : side.roles().keySet()) {
        if (side.graph().closure(List.of(role)).stream().anyMatch(touched::contains)) {
          heirs.add(role);
        }
      }
    }
    return heirs;
  }

  private void compare(ApiId id, RoleName role) {
    List<Permission> old = before.permissions(role, id);
    List<Permission> now = after.permissions(role, id);
    Set<Permission> changed = difference(old, now);
    Api apiBefore = before.apis().get(id);
    Api apiAfter = after.apis().get(id);
    boolean sameApi = apiBefore != null && apiBefore.equals(apiAfter);
    if (sameApi && changed.isEmpty()) {
      return;
    }
    var stages = new TreeSet<>(before.stages(id));
    stages.addAll(after.stages(id));
    for (String stage : stages) {
      List<Grant> grantsBefore = grants(before, apiBefore, stage, role, old, sameApi, changed);
      List<Grant> grantsAfter = grants(after, apiAfter, stage, role, now, sameApi, changed);
      EffectiveChange change = EffectiveChange.between(grantsBefore, old, grantsAfter, now);
      String name = after.copy().apiName(id);
      Map<PermissionId, Permission> known = byId(old, now);
      change.gained().forEach(it -> add(GrantChange.Kind.GAINED, id, name, stage, it, known));
      change.lost().forEach(it -> add(GrantChange.Kind.LOST, id, name, stage, it, known));
      change.changed().forEach(it -> add(GrantChange.Kind.CHANGED, id, name, stage, it, known));
    }
  }

  private static Set<Permission> difference(List<Permission> old, List<Permission> now) {
    var changed = new HashSet<>(old);
    now.forEach(
        it -> {
          if (!changed.remove(it)) {
            changed.add(it);
          }
        });
    return changed;
  }

  /** Where the routes are the same, no grant can be another that no changed permission touches. */
  private List<Grant> grants(
      Side side,
      @Nullable Api api,
      String stage,
      RoleName role,
      List<Permission> permissions,
      boolean sameApi,
      Set<Permission> changed) {
    if (api == null || !api.stages().contains(stage) || !side.has(role)) {
      return List.of();
    }
    List<Route> routes =
        sameApi
            ? touched.computeIfAbsent(
                new Reads(api.id(), changed), reads -> Grants.touched(api, changed))
            : api.routes().routes();
    return Grants.of(api, stage, role, side.graph(), permissions, routes);
  }

  private static Map<PermissionId, Permission> byId(List<Permission> old, List<Permission> now) {
    var known = new HashMap<PermissionId, Permission>();
    old.forEach(it -> known.put(it.id(), it));
    now.forEach(it -> known.put(it.id(), it));
    return known;
  }

  private void add(
      GrantChange.Kind kind,
      ApiId id,
      String api,
      String stage,
      Grant grant,
      Map<PermissionId, Permission> known) {
    String route = route(grant);
    note(kind, new LostAt(id, stage), api, grant);
    lines.add(
        String.join(" ", kind.name(), id.value(), stage, grant.role().value(), route)
            + meaning(grant, known));
    var place = new Place(kind, grant.role(), api, route);
    GrantChange earlier = found.get(place);
    var stages = new TreeSet<>(earlier == null ? List.<String>of() : earlier.stages());
    stages.add(stage);
    var because = new TreeSet<String>();
    grant.by().forEach(it -> because.add(it.value()));
    found.put(
        place,
        new GrantChange(
            kind,
            grant.role(),
            api,
            route,
            inOrder(id, stages),
            grant.inherited(),
            grant.conditional(),
            because));
  }

  private void note(GrantChange.Kind kind, LostAt at, String api, Grant grant) {
    if (kind == GrantChange.Kind.LOST) {
      lost.computeIfAbsent(at, place -> new LinkedHashSet<>()).add(grant.route());
      return;
    }
    String place = api + " " + route(grant);
    if (grant.role().equals(RoleName.AUTHENTICATED)) {
      risks.add(new Risk(Risk.Kind.EVERYONE, Sentence.of("risk.EVERYONE", place)));
    }
    grant.route().tags().stream()
        .filter(RISKY::contains)
        .forEach(
            tag ->
                risks.add(
                    new Risk(
                        Risk.Kind.TAGGED,
                        Sentence.of("risk.TAGGED", grant.role().value(), place, tag))));
  }

  private void findRisks(Collection<Change> changes) {
    for (Change change : changes) {
      if (change.afterOrNull() instanceof PolicyRow.OfPermission(Permission now)
          && reachesBelow(now)
          && !(change.beforeOrNull() instanceof PolicyRow.OfPermission(Permission old)
              && reachesBelow(old)
              && old.resource().equals(now.resource())
              && old.actions().containsAll(now.actions()))) {
        risks.add(
            new Risk(
                Risk.Kind.WILDCARD,
                Sentence.of(
                    "risk.WILDCARD",
                    now.role().value(),
                    after.copy().apiName(now.api()) + " " + now.resource(),
                    now.id().value())));
      }
    }
    lost.forEach(this::findUncallable);
  }

  private static boolean reachesBelow(Permission permission) {
    return permission.effect() == dev.grantway.policy.Effect.ALLOW
        && permission.resource().toString().endsWith("**");
  }

  /** Routes that a role lost and none has: one role that still has a route settles it. */
  private void findUncallable(LostAt at, Set<Route> routes) {
    Api api = after.apis().get(at.api());
    if (api == null || !api.stages().contains(at.stage())) {
      return;
    }
    var left = new LinkedHashSet<>(routes);
    left.retainAll(api.routes().routes());
    for (RoleName role : everyRole()) {
      List<Permission> permissions = left.isEmpty() ? List.of() : after.permissions(role, at.api());
      if (!permissions.isEmpty()) {
        Grants.of(api, at.stage(), role, after.graph(), permissions, left).stream()
            .filter(Grant::isAllowed)
            .forEach(grant -> left.remove(grant.route()));
      }
    }
    left.stream()
        .filter(route -> route.access() == Route.Access.GRANTED)
        .forEach(
            route ->
                risks.add(
                    new Risk(
                        Risk.Kind.NOBODY,
                        Sentence.of("risk.NOBODY", api.name() + " " + route, at.stage()))));
  }

  /** The stages in the order in which the API names them. */
  private List<String> inOrder(ApiId id, Set<String> stages) {
    Api api = Optional.ofNullable(after.apis().get(id)).orElseGet(() -> before.apis().get(id));
    return api.stages().stream().filter(stages::contains).toList();
  }

  private static String route(Grant grant) {
    return grant.action() == Action.CONNECT
        ? grant.route().template().toString()
        : grant.action() + " " + grant.route().template();
  }

  private static String meaning(Grant grant, Map<PermissionId, Permission> known) {
    return grant.by().stream()
        .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
        .map(
            permission ->
                " "
                    + Sha256.hex(
                        CanonicalJson.write(
                            json -> RowJson.write(json, new PolicyRow.OfPermission(permission)))))
        .collect(Collectors.joining());
  }

  /** What a holder of the role may call by it. */
  private void holder(GrantChange.Kind kind, Assignment assignment, Side side) {
    var apis = new TreeSet<String>();
    int routes = 0;
    var held = new TreeSet<String>();
    for (Api api : side.apis().values()) {
      List<Permission> permissions = side.permissions(assignment.role(), api.id());
      Map<PermissionId, Permission> known = byId(permissions, List.of());
      var allowed = new HashSet<String>();
      for (String stage : permissions.isEmpty() ? List.<String>of() : api.stages()) {
        for (Grant grant : Grants.of(api, stage, assignment.role(), side.graph(), permissions)) {
          if (grant.isAllowed()) {
            allowed.add(route(grant));
            held.add(api.id() + " " + stage + " " + route(grant) + meaning(grant, known));
          }
        }
      }
      if (!allowed.isEmpty()) {
        apis.add(api.name());
        routes += allowed.size();
      }
    }
    lines.add(
        String.join(
            " ",
            "HOLDER",
            kind.name(),
            new PolicyRow.OfAssignment(assignment).key().text(),
            assignment.until().map(Object::toString).orElse(""),
            Sha256.hex(String.join("\n", held).getBytes(UTF_8))));
    holders.add(
        new HolderChange(
            kind, assignment.kind(), assignment.value(), assignment.role(), apis, routes));
  }
}
