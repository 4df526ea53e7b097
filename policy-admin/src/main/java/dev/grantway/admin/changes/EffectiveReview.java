package dev.grantway.admin.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.EffectiveChange;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.RouteGrants;
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
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes which grants changes gain and lose, after inheritance, wildcards and denials. */
final class EffectiveReview {
  private static final Set<String> RISKY = Set.of("pii", "admin", "money");

  /** Roles whose permissions are read at once where most often few are needed. */
  private static final int TOGETHER = 64;

  private record Reads(ApiId api, Set<Permission> changed) {}

  private record Line(GrantChange.Kind kind, String route) {}

  private record LostAt(ApiId api, String stage) {}

  private record Side(
      WorkingCopy copy,
      SortedMap<RoleName, Role> roles,
      RoleGraph graph,
      Map<ApiId, Api> apis,
      Map<RoleName, SortedSet<RoleName>> closures) {
    static Side of(WorkingCopy copy) {
      SortedMap<RoleName, Role> roles = copy.roles();
      var apis = new TreeMap<ApiId, Api>();
      copy.apis().forEach(api -> apis.put(api.id(), api));
      return new Side(copy, roles, new RoleGraph(roles.values()), apis, new HashMap<>());
    }

    /** The role and all that it inherits; none where there is no such role. */
    SortedSet<RoleName> closure(RoleName role) {
      return closures.computeIfAbsent(
          role, it -> has(it) ? graph.closure(List.of(it)) : new TreeSet<>());
    }

    List<Permission> permissions(RoleName role, ApiId api) {
      return copy.permissions(closure(role), api);
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
  private final List<GrantChange> found = new ArrayList<>();
  private final List<HolderChange> holders = new ArrayList<>();
  private final Set<Risk> risks = new LinkedHashSet<>();
  private final Map<LostAt, Set<Route>> lost = new LinkedHashMap<>();
  private final Map<ApiId, Map<RoleName, Set<Permission>>> concerned = new TreeMap<>();
  private final MessageDigest hash = Sha256.digest();
  private final SortedSet<String> holderLines = new TreeSet<>();
  private final Map<Reads, RouteGrants> touched = new HashMap<>();
  private final IdentityHashMap<Route, Map<Action, String>> routeTexts = new IdentityHashMap<>();
  private final IdentityHashMap<Permission, String> meanings = new IdentityHashMap<>();

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
        review.found.stream()
            .sorted(
                Comparator.comparing(GrantChange::kind)
                    .thenComparing(GrantChange::role)
                    .thenComparing(GrantChange::route))
            .toList();
    review.findRisks(changes);
    review.holderLines.forEach(review::digest);
    review.concernedLines().forEach(review::digest);
    return new Effect(
        grants,
        review.holders,
        review.risks.stream().sorted().toList(),
        review.concerned,
        HexFormat.of().formatHex(review.hash.digest()));
  }

  /** Which role has which other permissions than before; a DENY moves no grant of its own role. */
  private SortedSet<String> concernedLines() {
    var lines = new TreeSet<String>();
    concerned.forEach(
        (api, roles) ->
            roles.forEach(
                (role, permissions) -> {
                  var each = new TreeSet<String>();
                  permissions.forEach(
                      it -> each.add(meanings.computeIfAbsent(it, EffectiveReview::meaning)));
                  lines.add("CONCERNED " + api + " " + role.value() + " " + String.join(" ", each));
                }));
    return lines;
  }

  private void compare(Collection<Change> changes) {
    Set<RoleName> roles = heirs(touched(changes));
    Set<ApiId> whole = apisChanged(changes);
    var apis = new TreeSet<>(before.apis().keySet());
    apis.addAll(after.apis().keySet());
    for (ApiId api : apis) {
      compare(api, whole.contains(api) ? everyRole() : roles);
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
        if (side.closure(role).stream().anyMatch(touched::contains)) {
          heirs.add(role);
        }
      }
    }
    return heirs;
  }

  private void compare(ApiId id, Set<RoleName> roles) {
    Api apiBefore = before.apis().get(id);
    Api apiAfter = after.apis().get(id);
    if (apiBefore != null && apiAfter != null && apiBefore.equals(apiAfter)) {
      Map<RoleName, Set<Permission>> changed = changed(id, roles);
      if (!changed.isEmpty()) {
        concerned.put(id, changed);
      }
      fetch(id, changed.keySet());
      changed.forEach(
          (role, permissions) -> {
            RouteGrants grants = touched(apiAfter, permissions);
            compare(id, role, grants, grants);
          });
      return;
    }
    RouteGrants grantsBefore = apiBefore == null ? null : everywhere(apiBefore);
    RouteGrants grantsAfter = apiAfter == null ? null : everywhere(apiAfter);
    var every = new TreeMap<RoleName, Set<Permission>>();
    roles.forEach(role -> every.put(role, Set.of()));
    concerned.put(id, every);
    fetch(id, roles);
    roles.forEach(role -> compare(id, role, grantsBefore, grantsAfter));
  }

  private void fetch(ApiId api, Collection<RoleName> roles) {
    var held = new TreeSet<RoleName>();
    roles.forEach(
        role -> {
          held.addAll(before.closure(role));
          held.addAll(after.closure(role));
        });
    after.copy().fetch(held, api);
  }

  /** For each role that has other permissions than before: those that it has on one side alone. */
  private Map<RoleName, Set<Permission>> changed(ApiId api, Set<RoleName> roles) {
    var inherited = new TreeSet<RoleName>();
    for (RoleName role : roles) {
      inherited.addAll(less(before.closure(role), after.closure(role)));
      inherited.addAll(less(after.closure(role), before.closure(role)));
    }
    after.copy().fetch(inherited, api);
    var changed = new TreeMap<RoleName, Set<Permission>>();
    for (RoleName role : roles) {
      Set<Permission> permissions = changed(api, role);
      if (!permissions.isEmpty()) {
        changed.put(role, permissions);
      }
    }
    return changed;
  }

  private Set<Permission> changed(ApiId api, RoleName role) {
    SortedSet<RoleName> old = before.closure(role);
    SortedSet<RoleName> now = after.closure(role);
    var changed = new HashSet<Permission>();
    changed.addAll(before.copy().permissions(less(old, now), api));
    changed.addAll(after.copy().permissions(less(now, old), api));
    for (RoleName held : old) {
      if (now.contains(held)) {
        for (Change change : after.copy().permissionChanges(held, api)) {
          Stream.concat(change.before().stream(), change.after().stream())
              .map(row -> ((PolicyRow.OfPermission) row).permission())
              .forEach(changed::add);
        }
      }
    }
    return changed;
  }

  private static SortedSet<RoleName> less(SortedSet<RoleName> all, SortedSet<RoleName> others) {
    var left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }

  /** Where the routes are the same, no grant can be another that no changed permission touches. */
  private RouteGrants touched(Api api, Set<Permission> changed) {
    return touched.computeIfAbsent(
        new Reads(api.id(), changed), reads -> new RouteGrants(api, Grants.touched(api, changed)));
  }

  private static RouteGrants everywhere(Api api) {
    return new RouteGrants(api, api.routes().routes());
  }

  private void compare(
      ApiId id,
      RoleName role,
      @Nullable RouteGrants grantsBefore,
      @Nullable RouteGrants grantsAfter) {
    List<Permission> old = before.permissions(role, id);
    List<Permission> now = after.permissions(role, id);
    var stages = new TreeSet<>(before.stages(id));
    stages.addAll(after.stages(id));
    boolean alike =
        before.stages(id).equals(after.stages(id))
            && Stream.concat(old.stream(), now.stream()).allMatch(it -> it.stage().isEvery());
    var ofRole = new OfRole(id, role, byId(old, now));
    EffectiveChange change = null;
    for (String stage : stages) {
      boolean again = change != null && alike;
      if (change == null || !alike) {
        change =
            EffectiveChange.between(
                grants(before, grantsBefore, id, stage, role, old),
                old,
                grants(after, grantsAfter, id, stage, role, now),
                now);
      }
      ofRole.add(stage, change, again);
    }
    ofRole.finish();
  }

  private static List<Grant> grants(
      Side side,
      @Nullable RouteGrants grants,
      ApiId id,
      String stage,
      RoleName role,
      List<Permission> permissions) {
    return grants != null && side.stages(id).contains(stage) && side.has(role)
        ? grants.of(stage, role, permissions)
        : List.of();
  }

  private static Map<PermissionId, Permission> byId(List<Permission> old, List<Permission> now) {
    var known = new HashMap<PermissionId, Permission>();
    old.forEach(it -> known.put(it.id(), it));
    now.forEach(it -> known.put(it.id(), it));
    return known;
  }

  /** What one role gains and loses in one API, stage by stage in their order. */
  private final class OfRole {
    private final ApiId api;
    private final RoleName role;
    private final Map<PermissionId, Permission> known;
    private final Map<Line, Grant> grants = new LinkedHashMap<>();
    private final Map<Line, SortedSet<String>> stages = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    OfRole(ApiId api, RoleName role, Map<PermissionId, Permission> known) {
      this.api = api;
      this.role = role;
      this.known = known;
    }

    /**
     * Adds what changes in a stage.
     *
     * @param again it is what changed in the stage before
     */
    void add(String stage, EffectiveChange change, boolean again) {
      if (change.isNothing()) {
        return;
      }
      if (!again) {
        lines.clear();
      }
      add(GrantChange.Kind.GAINED, stage, change.gained(), again);
      add(GrantChange.Kind.LOST, stage, change.lost(), again);
      add(GrantChange.Kind.CHANGED, stage, change.changed(), again);
      if (!again) {
        lines.sort(null);
      }
      digest(String.join(" ", api.value(), stage, role.value()));
      lines.forEach(EffectiveReview.this::digest);
    }

    private void add(GrantChange.Kind kind, String stage, List<Grant> changed, boolean again) {
      for (Grant grant : changed) {
        var line = new Line(kind, route(grant));
        note(kind, new LostAt(api, stage), apiName(api), grant);
        grants.put(line, grant);
        stages.computeIfAbsent(line, it -> new TreeSet<>()).add(stage);
        if (!again) {
          lines.add(kind.name() + " " + line.route() + meaning(grant, known));
        }
      }
    }

    void finish() {
      grants.forEach(
          (line, grant) -> {
            var because = new TreeSet<String>();
            grant.by().forEach(it -> because.add(it.value()));
            found.add(
                new GrantChange(
                    line.kind(),
                    role,
                    apiName(api),
                    line.route(),
                    inOrder(api, stages.getOrDefault(line, new TreeSet<>())),
                    grant.inherited(),
                    grant.conditional(),
                    because));
          });
    }
  }

  private void digest(String line) {
    hash.update((line + "\n").getBytes(UTF_8));
  }

  private String apiName(ApiId id) {
    Api api = after.apis().get(id);
    return api == null ? id.value() : api.name();
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
    List<RoleName> roles = List.copyOf(everyRole());
    for (int i = 0; i < roles.size() && !left.isEmpty(); i += TOGETHER) {
      List<RoleName> some = roles.subList(i, Math.min(i + TOGETHER, roles.size()));
      fetch(at.api(), some);
      var grants = new RouteGrants(api, left);
      for (RoleName role : some) {
        grants.of(at.stage(), role, after.permissions(role, at.api())).stream()
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

  private String route(Grant grant) {
    return routeTexts
        .computeIfAbsent(grant.route(), route -> new EnumMap<>(Action.class))
        .computeIfAbsent(
            grant.action(),
            action ->
                action == Action.CONNECT
                    ? grant.route().template().toString()
                    : action + " " + grant.route().template());
  }

  private String meaning(Grant grant, Map<PermissionId, Permission> known) {
    return grant.by().stream()
        .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
        .map(permission -> " " + meanings.computeIfAbsent(permission, EffectiveReview::meaning))
        .collect(Collectors.joining());
  }

  private static String meaning(Permission permission) {
    return Sha256.hex(
        CanonicalJson.write(json -> RowJson.write(json, new PolicyRow.OfPermission(permission))));
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
      // Those that deny as well: who loses or gets one gains or loses calls by other roles.
      permissions.forEach(
          it -> held.add(api.id() + " " + meanings.computeIfAbsent(it, EffectiveReview::meaning)));
      if (!permissions.isEmpty()) {
        apis.add(api.name());
        routes += allowed.size();
      }
    }
    holderLines.add(
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
