package dev.grantway.report;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.revision.Revision;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.StampedPermission;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * The grants of roles or principals as of one revision, row by row, worked out by the same code as
 * everything else that speaks of grants. The permissions of some at a time are held, however many
 * there are. For one thread; throws {@link dev.grantway.store.StoreException}.
 *
 * <p>A permission whose validity was over at the report's instant determines nothing; one that is
 * yet to begin does, and its row says from when. A principal holds a role until the last assignment
 * that brings it ends, and its permissions no longer than that.
 */
public final class GrantReport {
  /** What {@link #members} says where no list was in force. */
  public static final String NO_LIST = "no list was in force";

  /** How many rows are held to hand them over route by route; those of one route may be more. */
  private static final int HELD = 100_000;

  private static final int TOGETHER = 50;
  private static final int PAGE = 500;

  private final AsOf then;
  private final Instant at;
  private final GrantFilter filter;
  private final Optional<MembershipList> memberships;
  private final String members;
  private final Changes changes;

  /** What takes rows. */
  @FunctionalInterface
  public interface Rows {
    void take(GrantRow row) throws IOException;
  }

  /** Is asked between; ends what is under way by an exception. */
  private interface Looking {
    void look() throws IOException;
  }

  /** Takes what stands in one row, before it is put in words. */
  private interface Found {
    void take(Grant grant, Asked of, Holding holding, Place place) throws IOException;
  }

  private record Place(String api, String stage, Map<Route, String> templates) {
    String text(Route route) {
      return templates.computeIfAbsent(route, it -> it.template().toString());
    }
  }

  /**
   * Some roles' permissions of one API, and who inherits them. Whoever holds the same roles until
   * the same instants shares what is worked out of them.
   */
  private static final class Reading {
    private final Api api;
    private final RoleGraph graph;
    private final Map<RoleName, List<StampedPermission>> permissions;
    private final Map<Map<RoleName, Optional<Instant>>, Holding> holdings = new HashMap<>();
    private final IdentityHashMap<Permission, Map<Instant, Permission>> ended =
        new IdentityHashMap<>();

    Reading(Api api, RoleGraph graph, Map<RoleName, List<StampedPermission>> permissions) {
      this.api = api;
      this.graph = graph;
      this.permissions = permissions;
    }

    Api api() {
      return api;
    }

    Holding of(Asked asked) {
      return holdings.computeIfAbsent(
          asked.heads(),
          heads -> Holding.of(heads, asked.principal().isPresent(), graph, held(heads)));
    }

    private Map<PermissionId, StampedPermission> held(Map<RoleName, Optional<Instant>> heads) {
      var held = new LinkedHashMap<PermissionId, StampedPermission>();
      for (RoleName owner : graph.closure(heads.keySet())) {
        Optional<Instant> end = end(owner, heads);
        for (StampedPermission it : permissions.getOrDefault(owner, List.of())) {
          until(end, it).ifPresent(that -> held.put(that.permission().id(), that));
        }
      }
      return held;
    }

    /** When the last of the heads ends that are that role or inherit it; empty: one never does. */
    private Optional<Instant> end(RoleName owner, Map<RoleName, Optional<Instant>> heads) {
      if (heads.values().stream().allMatch(Optional::isEmpty)) {
        return Optional.empty();
      }
      List<Optional<Instant>> ends =
          heads.entrySet().stream()
              .filter(head -> graph.closure(List.of(head.getKey())).contains(owner))
              .map(Map.Entry::getValue)
              .toList();
      return ends.stream().allMatch(Optional::isPresent)
          ? ends.stream().flatMap(Optional::stream).max(Instant::compareTo)
          : Optional.empty();
    }

    /** As far as it applies before the end: a permission of a role that is held until then. */
    private Optional<StampedPermission> until(Optional<Instant> end, StampedPermission it) {
      Permission permission = it.permission();
      Validity validity = permission.validity();
      if (end.isEmpty() || validity.isOver(end.get())) {
        return Optional.of(it);
      }
      if (validity.from().filter(from -> !from.isBefore(end.get())).isPresent()) {
        return Optional.empty();
      }
      // The same object for the same end: what is known of a permission hangs on it.
      Permission shorter =
          ended
              .computeIfAbsent(permission, key -> new HashMap<>())
              .computeIfAbsent(
                  end.get(),
                  then ->
                      permission.with(
                          permission.condition(), new Validity(validity.fromOrNull(), then)));
      return Optional.of(new StampedPermission(shorter, it.since()));
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

    /** A part of it. */
    Scope of(List<String> someStages, List<Route> some) {
      var part = new LinkedHashMap<Route, Set<Action>>();
      some.forEach(route -> part.put(route, reached.getOrDefault(route, Set.of())));
      return new Scope(filter, someStages, part);
    }

    boolean takes(Grant grant) {
      return filter.takes(grant.action())
          && filter.takes(effect(grant))
          && reached.getOrDefault(grant.route(), Set.of()).contains(grant.action());
    }
  }

  /**
   * A report; one by principals takes the membership list that was in force ({@link
   * PolicyRepository#members}).
   *
   * @param at the instant at which a permission must not be over
   */
  public GrantReport(PolicyRepository repository, AsOf then, Instant at, GrantFilter filter) {
    this(
        repository::revision,
        then,
        at,
        filter,
        inForce(filter, () -> repository.members(then.revision(), at)));
  }

  /**
   * A report; one by principals takes the membership list that is given.
   *
   * @param at the instant at which a permission must not be over
   * @param list asked for where members of groups have rows
   */
  public static GrantReport of(
      PolicyRepository repository,
      AsOf then,
      Instant at,
      GrantFilter filter,
      Supplier<Optional<MembershipList>> list) {
    return new GrantReport(repository::revision, then, at, filter, inForce(filter, list));
  }

  private static Optional<MembershipList> inForce(
      GrantFilter filter, Supplier<Optional<MembershipList>> list) {
    return filter.rowsBy() == GrantFilter.By.PRINCIPAL ? list.get() : Optional.empty();
  }

  /**
   * A report where there is no table.
   *
   * @param records of revisions, by their numbers
   * @param memberships who is in which group, as far as somebody knows
   */
  public GrantReport(
      LongFunction<Optional<Revision>> records,
      AsOf then,
      Instant at,
      GrantFilter filter,
      Optional<MembershipList> memberships) {
    this.then = then;
    this.at = at;
    this.filter = filter;
    this.memberships = memberships;
    this.members = members(filter, memberships);
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

  /** By which list members of groups are known; none where roles are asked about. */
  public Optional<MembershipList> memberships() {
    return memberships;
  }

  /**
   * By which membership list members of groups are known, as manifests say it: {@code imported by
   * ana at 2026-11-22T10:00:00Z, rows: 12, SHA-256: } and {@link MembershipList#sha256}; {@value
   * #NO_LIST}, and nothing where roles are asked about.
   */
  public String members() {
    return members;
  }

  private static String members(GrantFilter filter, Optional<MembershipList> list) {
    return filter.rowsBy() != GrantFilter.By.PRINCIPAL
        ? ""
        : list.map(
                it ->
                    "imported by "
                        + it.by()
                        + " at "
                        + it.at()
                        + ", rows: "
                        + it.rows().size()
                        + ", SHA-256: "
                        + it.sha256())
            .orElse(NO_LIST);
  }

  /** What a filter may name. */
  public enum Part {
    API,
    STAGE,
    ROLE,
    ROUTE,
    TAG,
    OWNER
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
    Optional<Missing> ofRoutes = missingOfRoutes(apis);
    return ofRoutes.isPresent() ? ofRoutes : missingRole();
  }

  private Optional<Missing> missingOfRoutes(List<Api> apis) {
    for (String tag : filter.tags()) {
      if (isNowhere(apis, route -> route.hasTag(tag))) {
        return Optional.of(new Missing(Part.TAG, noRoute("with the tag `" + tag + "`")));
      }
    }
    if (!filter.owner().isEmpty() && isNowhere(apis, route -> route.isOwnedBy(filter.owner()))) {
      return Optional.of(new Missing(Part.OWNER, noRoute("of the owner `" + filter.owner() + "`")));
    }
    if (!filter.narrowsRoutes() || apis.stream().anyMatch(api -> !filter.routes(api).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Missing(
            Part.ROUTE,
            filter.route().isEmpty()
                ? noRoute("with this method, tag and owner")
                : "revision "
                    + then.revision()
                    + " has no route there that `"
                    + filter.route()
                    + "` covers"
                    + (filter.tags().isEmpty()
                            && filter.owner().isEmpty()
                            && filter.methods().isEmpty()
                        ? ""
                        : ", with this method, tag and owner")
                    + ": correct the pattern, or leave it out"));
  }

  private static boolean isNowhere(List<Api> apis, Predicate<Route> which) {
    return apis.stream().flatMap(api -> api.routes().routes().stream()).noneMatch(which);
  }

  private String noRoute(String which) {
    return "revision "
        + then.revision()
        + " has no route there "
        + which
        + ": correct it, or leave it out";
  }

  private Optional<Missing> missingRole() {
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

    /**
     * Hears that all is written, and comes into its place next: the last time to end it.
     *
     * @param rows how many there are
     */
    default void placing(long rows) throws IOException {
      at(rows);
    }
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
    var counting = new Counting(watching);
    Each each = each();
    for (Api api : apis()) {
      each.on(api, Scope.of(filter, api), (grant, of, holding, place) -> counting.one(), counting);
    }
    return counting.rows;
  }

  /** How many there were, for whoever watches: told of at each, and between. */
  private static final class Counting implements Looking {
    private final Watching watching;
    private long rows;

    Counting(Watching watching) {
      this.watching = watching;
    }

    void one() throws IOException {
      rows++;
      watching.at(rows);
    }

    @Override
    public void look() throws IOException {
      watching.at(rows);
    }
  }

  /** Hands over all rows, unwatched. */
  public void rows(Rows rows) throws IOException {
    rows(rows, Watching.NOTHING);
  }

  /**
   * Hands over all rows: by API, role or principal, stage, and then as the API's routes stand; or
   * by API, stage, route as they stand, method and role. For the latter every role is gone through
   * once to count, and once more for each part of the routes that has about {@value #HELD} rows,
   * which are held.
   *
   * @param watching hears how many there were: after each, and whenever some roles were looked at
   */
  public void rows(Rows rows, Watching watching) throws IOException {
    rows(rows, watching, HELD);
  }

  /** The same, with so many rows held at a time, or those of one route. */
  void rows(Rows rows, Watching watching, int held) throws IOException {
    var counting = new Counting(watching);
    Rows counted =
        row -> {
          rows.take(row);
          counting.one();
        };
    Each each = each();
    for (Api api : apis()) {
      Scope scope = Scope.of(filter, api);
      if (filter.rowsBy() == GrantFilter.By.ROUTE) {
        byRoute(each, api, scope, counted, counting, held);
      } else {
        each.on(
            api,
            scope,
            (grant, of, holding, place) -> counted.take(row(grant, of, holding, place)),
            counting);
      }
    }
  }

  private void byRoute(Each each, Api api, Scope scope, Rows rows, Looking looking, int held)
      throws IOException {
    var order = new RouteOrder(scope.stages(), scope.routes());
    each.on(api, scope, (grant, of, holding, place) -> order.count(place.stage(), grant), looking);
    for (RouteOrder.Part part : order.parts(held)) {
      each.on(
          api,
          scope.of(part.stages(), part.routes()),
          (grant, of, holding, place) -> {
            if (part.takes(place.stage(), grant)) {
              part.hold(place.stage(), grant, row(grant, of, holding, place));
            }
          },
          looking);
      for (GrantRow row : part.release()) {
        rows.take(row);
      }
    }
  }

  private List<Api> apis() {
    return then.apis().stream()
        .map(ApiEntry::id)
        .map(then::api)
        .flatMap(Optional::stream)
        .filter(filter::takes)
        .toList();
  }

  private Each each() {
    List<Role> roles = roles();
    var graph = new RoleGraph(roles);
    return new Each(graph, asked(roles, graph));
  }

  /** Goes through all of whom rows are asked, some at a time. */
  private final class Each {
    private final RoleGraph graph;
    private final Supplier<Stream<Asked>> asked;

    Each(RoleGraph graph, Supplier<Stream<Asked>> asked) {
      this.graph = graph;
      this.asked = asked;
    }

    void on(Api api, Scope scope, Found found, Looking looking) throws IOException {
      var known = new TreeMap<RoleName, List<StampedPermission>>();
      Iterator<List<Asked>> windows =
          asked.get().gather(Gatherers.windowFixed(TOGETHER)).iterator();
      while (windows.hasNext()) {
        looking.look();
        List<Asked> some = windows.next();
        each(read(api, graph, some, known), scope, some, found);
      }
    }
  }

  private Supplier<Stream<Asked>> asked(List<Role> roles, RoleGraph graph) {
    return switch (filter.rowsBy()) {
      case ROLE, ROUTE -> {
        var names = new TreeSet<>(filter.roles());
        if (names.isEmpty()) {
          roles.forEach(role -> names.add(role.name()));
          names.add(RoleName.AUTHENTICATED);
        }
        yield () -> names.stream().map(Asked::ofRole);
      }
      case PRINCIPAL -> {
        Principals principals = Principals.of(then, memberships, at);
        Collection<Assignment.Holder> all = principals.all();
        yield () ->
            all.stream()
                .map(it -> Asked.ofPrincipal(it, principals.roles(it)))
                .filter(it -> isAsked(it, graph));
      }
    };
  }

  /** Whether it holds one of the roles that are asked for, itself or by inheritance. */
  private boolean isAsked(Asked principal, RoleGraph graph) {
    return filter.roles().isEmpty()
        || !Collections.disjoint(graph.closure(principal.heads().keySet()), filter.roles());
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

  /**
   * Reads what some may need.
   *
   * @param known what was read for those before; what is needed no more is forgotten
   */
  private Reading read(
      Api api, RoleGraph graph, List<Asked> some, Map<RoleName, List<StampedPermission>> known) {
    var heads = new TreeSet<RoleName>();
    some.forEach(it -> heads.addAll(it.heads().keySet()));
    Set<RoleName> needed = graph.closure(heads);
    known.keySet().retainAll(needed);
    var missing = new TreeSet<>(needed);
    missing.removeAll(known.keySet());
    if (!missing.isEmpty()) {
      missing.forEach(role -> known.put(role, List.of()));
      then.permissions(missing, api.id())
          .forEach(
              (role, own) ->
                  known.put(role, own.stream().filter(it -> !isOver(it.permission())).toList()));
    }
    return new Reading(api, graph, Map.copyOf(known));
  }

  private boolean isOver(Permission permission) {
    return permission.validity().isOver(at);
  }

  private void each(Reading reading, Scope scope, List<Asked> some, Found found)
      throws IOException {
    var grants = new RouteGrants(reading.api(), scope.routes());
    var templates = new IdentityHashMap<Route, String>();
    for (Asked of : some) {
      Holding holding = reading.of(of);
      List<Permission> permissions = holding.permissions();
      if (permissions.isEmpty()) {
        continue;
      }
      for (String stage : scope.stages()) {
        var place = new Place(reading.api().name(), stage, templates);
        for (Grant grant : grants.of(stage, of.first(), permissions)) {
          if (grant.access() != Grant.Access.NONE && scope.takes(grant)) {
            found.take(grant, of, holding, place);
          }
        }
      }
    }
  }

  private static Effect effect(Grant grant) {
    return grant.isAllowed() ? Effect.ALLOW : Effect.DENY;
  }

  private GrantRow row(Grant grant, Asked of, Holding holding, Place place) {
    Holding.Told told = holding.told(grant, changes);
    Effect effect = effect(grant);
    var circumstances = new Circumstances(grant, effect, told.by());
    return new GrantRow(
        place.api(),
        place.stage(),
        grant.action().name(),
        place.text(grant.route()),
        of.principal(told.roles()),
        of.principal().isPresent() ? told.roles() : of.alone(),
        effect,
        told.via(),
        told.ids(),
        circumstances.conditions(),
        told.bare() ? Optional.empty() : circumstances.from(),
        told.bare() ? Optional.empty() : circumstances.until(),
        told.changed());
  }
}
