package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every grant that a policy gains or loses against another, or holds on other conditions: after
 * inheritance, wildcards and denials, by the same comparison as a review.
 */
public final class GrantDiff {
  private final PolicySide before;
  private final PolicySide after;
  private final List<Line> lines = new ArrayList<>();

  /** What becomes of a grant. */
  public enum Kind {
    GAINED,
    LOST,
    CHANGED
  }

  /**
   * One grant that becomes another.
   *
   * @param api the name of the API
   */
  public record Line(Kind kind, String api, String stage, Grant grant) {}

  private GrantDiff(PolicySide before, PolicySide after) {
    this.before = before;
    this.after = after;
  }

  /**
   * By API, role and stage; of each first what is gained, then what is lost, then what is changed.
   *
   * @param touched the roles that have a changed row or own permission
   */
  public static List<Line> of(PolicySide before, PolicySide after, Set<RoleName> touched) {
    var diff = new GrantDiff(before, after);
    ConcernedRoles.of(before, after, touched).forEach(diff::compare);
    return List.copyOf(diff.lines);
  }

  private void compare(ApiId id, Map<RoleName, Set<Permission>> roles) {
    Optional<Api> old = before.api(id);
    Optional<Api> now = after.api(id);
    Api named = now.or(() -> old).orElseThrow();
    boolean same = old.equals(now);
    var comparison =
        same ? null : new GrantComparison(grants(named, routes(old)), grants(named, routes(now)));
    for (Map.Entry<RoleName, Set<Permission>> role : roles.entrySet()) {
      GrantComparison here = comparison;
      if (here == null) {
        RouteGrants touched = grants(named, Grants.touched(named, role.getValue()));
        here = new GrantComparison(touched, touched);
      }
      compare(named, role.getKey(), here);
    }
  }

  private static RouteGrants grants(Api api, Collection<Route> routes) {
    return new RouteGrants(api, routes);
  }

  private static List<Route> routes(Optional<Api> api) {
    return api.map(it -> it.routes().routes()).orElse(List.of());
  }

  private void compare(Api api, RoleName role, GrantComparison comparison) {
    var stages = new TreeSet<>(before.stages(api.id()));
    stages.addAll(after.stages(api.id()));
    for (String stage : stages) {
      EffectiveChange change =
          comparison.of(
              stage,
              role,
              before.serves(api.id(), stage) && before.has(role)
                  ? before.permissions(role, api.id())
                  : null,
              after.serves(api.id(), stage) && after.has(role)
                  ? after.permissions(role, api.id())
                  : null);
      add(Kind.GAINED, api, stage, change.gained());
      add(Kind.LOST, api, stage, change.lost());
      add(Kind.CHANGED, api, stage, change.changed());
    }
  }

  private void add(Kind kind, Api api, String stage, List<Grant> grants) {
    grants.forEach(grant -> lines.add(new Line(kind, api.name(), stage, grant)));
  }
}
