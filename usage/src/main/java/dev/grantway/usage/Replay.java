package dev.grantway.usage;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.PolicyView;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ResourcePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Calls of the past against other policy data: which of those that were let through would be
 * refused, and the other way round. A log names a caller's roles and the route, not claims, and not
 * the path: where a condition decides, the answer is "perhaps".
 */
public final class Replay {
  private Replay() {}

  /**
   * Calls that would be answered otherwise.
   *
   * @param row the calls; of those that become refused {@link RouteCalls#allowed} count, of those
   *     that become allowed {@link RouteCalls#refused}
   * @param perhaps it depends on a condition, a validity or a part of the path
   */
  public record Flip(RouteCalls row, Kind kind, boolean perhaps) {
    public long calls() {
      return kind == Kind.REFUSED ? row.allowed() : row.refused();
    }
  }

  /** What calls become. */
  public enum Kind {
    REFUSED,
    ALLOWED
  }

  /** What would flip on one stage; refused ones first, then those with the most calls. */
  public static List<Flip> of(
      PolicyView before, PolicyView after, ApiId api, String stage, Collection<RouteCalls> rows) {
    var was = new Side(before, api, stage);
    var is = new Side(after, api, stage);
    var flips = new ArrayList<Flip>();
    for (RouteCalls row : rows) {
      Optional<Said> then = was.said(row);
      Optional<Said> now = is.said(row);
      // What is no route any more is no call that a log could have told of.
      if (then.isPresent() && !then.equals(now)) {
        flips.addAll(flips(row, now));
      }
    }
    flips.sort(
        Comparator.comparing(Flip::kind)
            .thenComparing(Flip::perhaps)
            .thenComparing(Comparator.comparingLong(Flip::calls).reversed())
            .thenComparing(it -> it.row().route()));
    return flips;
  }

  /**
   * What is said of a place.
   *
   * @param by what determines it
   */
  private record Said(Grant.Access access, boolean conditional, Set<Deciding> by) {}

  /**
   * What a permission says of a place that it touches: who has it, what it is called, why it is
   * there and what else it is about make no difference to a call.
   */
  private record Deciding(
      Effect effect, ResourcePattern resource, Condition condition, Validity validity) {
    static Deciding of(Permission it) {
      return new Deciding(it.effect(), it.resource(), it.condition(), it.validity());
    }
  }

  /** Of a place of which something else is said now. */
  private static List<Flip> flips(RouteCalls row, Optional<Said> now) {
    boolean conditional = now.filter(Said::conditional).isPresent();
    boolean allowed = now.filter(it -> it.access() == Grant.Access.ALLOWED).isPresent();
    var flips = new ArrayList<Flip>();
    if (row.allowed() > 0 && (!allowed || conditional)) {
      flips.add(new Flip(row, Kind.REFUSED, conditional));
    }
    if (row.refused() > 0 && (allowed || conditional)) {
      flips.add(new Flip(row, Kind.ALLOWED, conditional));
    }
    return flips;
  }

  /** Grants of one side, for each set of roles once. */
  private static final class Side {
    private final PolicyView view;
    private final ApiId api;
    private final String stage;
    private final RoleGraph graph;
    private final Optional<RouteGrants> routes;
    private final Map<SortedSet<RoleName>, Map<String, Said>> known = new HashMap<>();

    Side(PolicyView view, ApiId api, String stage) {
      this.view = view;
      this.api = api;
      this.stage = stage;
      this.graph = new RoleGraph(view.roles().values());
      this.routes = view.api(api).map(it -> new RouteGrants(it, it.routes().routes()));
    }

    Optional<Said> said(RouteCalls row) {
      return Optional.ofNullable(known.computeIfAbsent(row.roles(), this::said).get(row.route()));
    }

    private Map<String, Said> said(SortedSet<RoleName> direct) {
      var found = new HashMap<String, Said>();
      if (routes.isPresent()) {
        var held = new TreeSet<>(direct);
        held.add(RoleName.AUTHENTICATED);
        held.retainAll(known(view));
        var permissions = new HashMap<PermissionId, Permission>();
        view.permissions(graph.closure(held), api).forEach(it -> permissions.put(it.id(), it));
        routes
            .get()
            .of(stage, RoleName.AUTHENTICATED, permissions.values())
            .forEach(
                grant ->
                    found.put(
                        grant.action() + " " + grant.route().template(),
                        new Said(
                            grant.access(),
                            grant.conditional(),
                            grant.by().stream()
                                .map(permissions::get)
                                .filter(Objects::nonNull)
                                .map(Deciding::of)
                                .collect(Collectors.toSet()))));
      }
      return found;
    }

    private static SortedSet<RoleName> known(PolicyView view) {
      var known = new TreeSet<>(view.roles().keySet());
      known.add(RoleName.AUTHENTICATED);
      return known;
    }
  }
}
