package dev.grantway.report;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.revision.Revision;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.StampedPermission;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * The grants of roles as of one revision, row by row, worked out by the same code as everything
 * else that speaks of grants. Some roles at a time are held, however many there are. For one
 * thread; throws {@link dev.grantway.store.StoreException}.
 *
 * <p>A permission whose validity was over at the report's instant determines nothing; one that is
 * yet to begin does, and its row says from when.
 */
public final class GrantReport {
  private static final int TOGETHER = 50;
  private static final int PAGE = 500;

  private final AsOf then;
  private final Instant at;
  private final GrantFilter filter;
  private final Changes changes;

  /** What takes rows. */
  @FunctionalInterface
  public interface Rows {
    void take(GrantRow row) throws IOException;
  }

  /** Takes what stands in one row, before it is put in words. */
  private interface Found {
    void take(Grant grant, Holding holding, Place place) throws IOException;
  }

  private record Place(String api, String stage, Map<Route, String> templates) {
    String text(Route route) {
      return templates.computeIfAbsent(route, it -> it.template().toString());
    }
  }

  /** Some roles' permissions of one API, and who inherits them. */
  private record Reading(
      Api api, RoleGraph graph, Map<RoleName, List<StampedPermission>> permissions) {
    Holding of(RoleName role) {
      var held = new LinkedHashMap<PermissionId, StampedPermission>();
      graph.closure(List.of(role, RoleName.AUTHENTICATED)).stream()
          .flatMap(it -> permissions.getOrDefault(it, List.of()).stream())
          .forEach(it -> held.put(it.permission().id(), it));
      return new Holding(role, graph, held, new HashMap<>(), new HashMap<>());
    }
  }

  /**
   * What rows say of the permissions that determine them, whatever the route.
   *
   * @param bare none has a condition or an end
   */
  private record Told(
      SortedSet<PermissionId> ids,
      List<StampedPermission> by,
      List<List<RoleName>> via,
      GrantRow.Changed changed,
      boolean bare) {}

  /** What a token with a role alone holds, and by which roles; worked out once for all its rows. */
  private record Holding(
      RoleName role,
      RoleGraph graph,
      Map<PermissionId, StampedPermission> held,
      Map<RoleName, List<RoleName>> paths,
      Map<SortedSet<PermissionId>, Told> told) {

    Told told(Grant grant, Changes changes) {
      Told known = told.get(grant.by());
      if (known == null) {
        List<StampedPermission> by = by(grant);
        known =
            new Told(
                grant.by(),
                by,
                via(by),
                changes.last(by),
                by.stream()
                    .map(StampedPermission::permission)
                    .allMatch(it -> it.condition().isNone() && it.validity().isAlways()));
        told.put(known.ids(), known);
      }
      return known;
    }

    List<Permission> permissions() {
      return held.values().stream().map(StampedPermission::permission).toList();
    }

    /** By id. */
    private List<StampedPermission> by(Grant grant) {
      var by = new ArrayList<StampedPermission>(grant.by().size());
      for (PermissionId id : grant.by()) {
        by.add(Objects.requireNonNull(held.get(id)));
      }
      return by;
    }

    private List<List<RoleName>> via(List<StampedPermission> by) {
      if (by.size() == 1) {
        return List.of(List.copyOf(path(by.getFirst().permission().role())));
      }
      var owners = new TreeSet<RoleName>();
      by.forEach(it -> owners.add(it.permission().role()));
      return owners.stream().map(this::path).map(List::copyOf).toList();
    }

    private List<RoleName> path(RoleName owner) {
      return paths.computeIfAbsent(
          owner,
          it ->
              Stream.of(graph.path(role, it), graph.path(RoleName.AUTHENTICATED, it))
                  .filter(path -> !path.isEmpty())
                  .findFirst()
                  .orElse(List.of(it)));
    }
  }

  /** The part of an API that is asked for; the methods by which each of its routes is reached. */
  private record Scope(GrantFilter filter, List<String> stages, Map<Route, Set<Action>> reached) {
    static Scope of(GrantFilter filter, Api api) {
      var reached = new LinkedHashMap<Route, Set<Action>>();
      // An ANY route is not reached by methods that have a route of their own.
      filter
          .routes(api)
          .forEach(
              route ->
                  reached.put(
                      route, route.isAny() ? api.routes().actionsOf(route) : route.actions()));
      return new Scope(filter, filter.stages(api), reached);
    }

    Collection<Route> routes() {
      return reached.keySet();
    }

    boolean takes(Grant grant) {
      return filter.takes(grant.action())
          && reached.getOrDefault(grant.route(), Set.of()).contains(grant.action());
    }
  }

  /**
   * A report.
   *
   * @param at the instant at which a permission must not be over
   */
  public GrantReport(PolicyRepository repository, AsOf then, Instant at, GrantFilter filter) {
    this(repository::revision, then, at, filter);
  }

  /**
   * A report where there is no table.
   *
   * @param records of revisions, by their numbers
   */
  public GrantReport(
      LongFunction<Optional<Revision>> records, AsOf then, Instant at, GrantFilter filter) {
    this.then = then;
    this.at = at;
    this.filter = filter;
    this.changes = new Changes(records);
  }

  public AsOf then() {
    return then;
  }

  public Instant at() {
    return at;
  }

  public GrantFilter filter() {
    return filter;
  }

  /** What a filter may name. */
  public enum Part {
    API,
    STAGE,
    ROLE,
    ROUTE
  }

  /**
   * Something that a filter names and that is not there: a report without it would be no report.
   */
  public record Missing(Part part, String why) {}

  /** The first that the filter names and that was not there then. */
  public Optional<Missing> missing() {
    List<Api> apis = apis();
    if (apis.isEmpty() && !filter.api().isEmpty()) {
      return Optional.of(
          new Missing(
              Part.API,
              "revision " + then.revision() + " has no API `" + filter.api() + "`: " + named()));
    }
    if (!filter.stage().isEmpty() && apis.stream().allMatch(api -> filter.stages(api).isEmpty())) {
      return Optional.of(
          new Missing(
              Part.STAGE,
              "revision "
                  + then.revision()
                  + " has no stage `"
                  + filter.stage()
                  + "` there: name a stage of the API"));
    }
    if (!filter.route().isEmpty() && apis.stream().allMatch(api -> filter.routes(api).isEmpty())) {
      return Optional.of(
          new Missing(
              Part.ROUTE,
              "revision "
                  + then.revision()
                  + " has no route there that `"
                  + filter.route()
                  + "` covers: correct the pattern, or leave it out"));
    }
    return filter.roles().stream()
        .filter(role -> !role.equals(RoleName.AUTHENTICATED) && then.role(role).isEmpty())
        .map(
            role ->
                new Missing(
                    Part.ROLE,
                    "revision "
                        + then.revision()
                        + " has no role `"
                        + role
                        + "`: correct the name, or leave it out"))
        .findFirst();
  }

  private String named() {
    List<String> names = then.apis().stream().map(ApiEntry::name).sorted().toList();
    return names.isEmpty() ? "it has none" : "name one of " + String.join(", ", names);
  }

  /** Hears how many rows there are so far; ends what is under way by an exception. */
  @FunctionalInterface
  public interface Watching {
    Watching NOTHING = rows -> {};

    void at(long rows) throws IOException;
  }

  /** How many rows there are. */
  public long count() {
    try {
      return count(Watching.NOTHING);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The same, watched. */
  public long count(Watching watching) throws IOException {
    long[] count = {0};
    each(
        (grant, holding, place) -> {
          count[0]++;
          watching.at(count[0]);
        });
    return count[0];
  }

  /** Hands over all rows: by API, role, stage, and then as the API's routes stand. */
  public void rows(Rows rows) throws IOException {
    each((grant, holding, place) -> rows.take(row(grant, holding, place)));
  }

  private List<Api> apis() {
    return then.apis().stream()
        .map(ApiEntry::id)
        .map(then::api)
        .flatMap(Optional::stream)
        .filter(filter::takes)
        .toList();
  }

  private void each(Found found) throws IOException {
    List<Role> roles = roles();
    var graph = new RoleGraph(roles);
    var names = new TreeSet<>(filter.roles());
    if (names.isEmpty()) {
      roles.forEach(role -> names.add(role.name()));
      names.add(RoleName.AUTHENTICATED);
    }
    List<RoleName> asked = List.copyOf(names);
    for (Api api : apis()) {
      Scope scope = Scope.of(filter, api);
      for (int from = 0; from < asked.size(); from += TOGETHER) {
        List<RoleName> some = asked.subList(from, Math.min(asked.size(), from + TOGETHER));
        each(read(api, graph, some), scope, some, found);
      }
    }
  }

  private List<Role> roles() {
    var roles = new ArrayList<Role>();
    String after = "";
    do {
      Page<RoleEntry> page = then.roles(after, PAGE);
      page.items().forEach(entry -> roles.add(entry.role()));
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return roles;
  }

  private Reading read(Api api, RoleGraph graph, List<RoleName> some) {
    var held = new ArrayList<>(some);
    held.add(RoleName.AUTHENTICATED);
    var live = new TreeMap<RoleName, List<StampedPermission>>();
    then.permissions(graph.closure(held), api.id())
        .forEach(
            (role, own) ->
                live.put(role, own.stream().filter(it -> !isOver(it.permission())).toList()));
    return new Reading(api, graph, live);
  }

  private boolean isOver(Permission permission) {
    return permission.validity().isOver(at);
  }

  private void each(Reading reading, Scope scope, List<RoleName> some, Found found)
      throws IOException {
    var grants = new RouteGrants(reading.api(), scope.routes());
    var templates = new IdentityHashMap<Route, String>();
    for (RoleName role : some) {
      Holding holding = reading.of(role);
      List<Permission> permissions = holding.permissions();
      if (permissions.isEmpty()) {
        continue;
      }
      for (String stage : scope.stages()) {
        var place = new Place(reading.api().name(), stage, templates);
        for (Grant grant : grants.of(stage, role, permissions)) {
          if (grant.access() != Grant.Access.NONE && scope.takes(grant)) {
            found.take(grant, holding, place);
          }
        }
      }
    }
  }

  private GrantRow row(Grant grant, Holding holding, Place place) {
    Told told = holding.told(grant, changes);
    Effect effect = grant.isAllowed() ? Effect.ALLOW : Effect.DENY;
    var circumstances = new Circumstances(grant, effect, told.by());
    return new GrantRow(
        place.api(),
        place.stage(),
        grant.action().name(),
        place.text(grant.route()),
        grant.role(),
        effect,
        told.via(),
        told.ids(),
        circumstances.conditions(),
        told.bare() ? Optional.empty() : circumstances.from(),
        told.bare() ? Optional.empty() : circumstances.until(),
        told.changed());
  }
}
