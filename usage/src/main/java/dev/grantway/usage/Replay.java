package dev.grantway.usage;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.PolicyView;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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
      Optional<Grant> then = was.grant(row);
      if (then.isEmpty()) {
        continue; // no log is asked about what is no route any more
      }
      flip(row, then.get(), is.grant(row)).filter(it -> it.calls() > 0).ifPresent(flips::add);
    }
    flips.sort(
        Comparator.comparing(Flip::kind)
            .thenComparing(Flip::perhaps)
            .thenComparing(Comparator.comparingLong(Flip::calls).reversed())
            .thenComparing(it -> it.row().route()));
    return flips;
  }

  private static Optional<Flip> flip(RouteCalls row, Grant was, Optional<Grant> is) {
    boolean now = is.filter(Grant::isAllowed).isPresent();
    if (was.isAllowed() && !now) {
      return Optional.of(new Flip(row, Kind.REFUSED, was.conditional() || isPerhaps(is)));
    }
    if (!was.isAllowed() && now) {
      return Optional.of(new Flip(row, Kind.ALLOWED, was.conditional() || isPerhaps(is)));
    }
    boolean narrower = was.isAllowed() && !was.conditional() && isPerhaps(is);
    return narrower ? Optional.of(new Flip(row, Kind.REFUSED, true)) : Optional.empty();
  }

  private static boolean isPerhaps(Optional<Grant> grant) {
    return grant.filter(Grant::conditional).isPresent();
  }

  /** Grants of one side, for each set of roles once. */
  private static final class Side {
    private final PolicyView view;
    private final String stage;
    private final Optional<Api> api;
    private final RoleGraph graph;
    private final Optional<RouteGrants> routes;
    private final Map<SortedSet<RoleName>, Map<String, Grant>> known = new HashMap<>();

    Side(PolicyView view, ApiId id, String stage) {
      this.view = view;
      this.stage = stage;
      this.api = view.api(id);
      this.graph = new RoleGraph(view.roles().values());
      this.routes = api.map(it -> new RouteGrants(it, it.routes().routes()));
    }

    Optional<Grant> grant(RouteCalls row) {
      return Optional.ofNullable(known.computeIfAbsent(row.roles(), this::grants).get(row.route()));
    }

    private Map<String, Grant> grants(SortedSet<RoleName> direct) {
      var found = new HashMap<String, Grant>();
      if (api.isPresent() && routes.isPresent()) {
        var held = new TreeSet<>(direct);
        held.add(RoleName.AUTHENTICATED);
        held.retainAll(known(view));
        SortedSet<RoleName> all = graph.closure(held);
        routes
            .get()
            .of(stage, RoleName.AUTHENTICATED, view.permissions(all, api.get().id()))
            .forEach(grant -> found.put(grant.action() + " " + grant.route().template(), grant));
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
