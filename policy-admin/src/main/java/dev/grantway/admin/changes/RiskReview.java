package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.ConcernedRoles;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.PolicySide;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of an effect deserves a second look. */
final class RiskReview {
  /** Roles whose permissions are read at once where most often few are needed. */
  private static final int TOGETHER = 64;

  private record LostAt(ApiId api, String stage) {}

  private final PolicySide before;
  private final PolicySide after;
  private final GrantTexts texts;
  private final Set<Risk> risks = new LinkedHashSet<>();
  private final Map<LostAt, Set<Route>> lost = new LinkedHashMap<>();

  RiskReview(PolicySide before, PolicySide after, GrantTexts texts) {
    this.before = before;
    this.after = after;
    this.texts = texts;
  }

  /** Somebody gains these, or has them on other conditions. */
  void opened(String api, Collection<Grant> grants) {
    for (Grant grant : grants) {
      if (grant.role().equals(RoleName.AUTHENTICATED)) {
        risks.add(
            new Risk(
                Risk.Kind.EVERYONE, Sentence.of("risk.EVERYONE", api + " " + texts.route(grant))));
      }
      for (String tag : Risk.tags(grant.route())) {
        risks.add(
            new Risk(
                Risk.Kind.TAGGED,
                Sentence.of(
                    "risk.TAGGED", grant.role().value(), api + " " + texts.route(grant), tag)));
      }
    }
  }

  /** Somebody loses these. */
  void closed(ApiId api, String stage, Collection<Grant> grants) {
    if (!grants.isEmpty()) {
      Set<Route> routes = lost.computeIfAbsent(new LostAt(api, stage), at -> new LinkedHashSet<>());
      grants.forEach(grant -> routes.add(grant.route()));
    }
  }

  /** All that was found, the worst first. */
  List<Risk> found(Collection<Change> changes) {
    changes.forEach(this::findWildcard);
    lost.forEach(this::findUncallable);
    return risks.stream().sorted().toList();
  }

  private void findWildcard(Change change) {
    if (change.afterOrNull() instanceof PolicyRow.OfPermission(Permission now)
        && Risk.reachesBelow(now)
        && !(change.beforeOrNull() instanceof PolicyRow.OfPermission(Permission old)
            && Risk.reachesBelow(old)
            && old.resource().equals(now.resource())
            && old.actions().containsAll(now.actions()))) {
      String api = after.api(now.api()).map(Api::name).orElseGet(now.api()::value);
      risks.add(
          new Risk(
              Risk.Kind.WILDCARD,
              Sentence.of(
                  "risk.WILDCARD",
                  now.role().value(),
                  api + " " + now.resource(),
                  now.id().value())));
    }
  }

  /** Routes that a role lost and none has: one role that still has a route settles it. */
  private void findUncallable(LostAt at, Set<Route> routes) {
    if (!after.serves(at.api(), at.stage())) {
      return;
    }
    Api api = after.api(at.api()).orElseThrow();
    var left = new LinkedHashSet<>(routes);
    left.retainAll(api.routes().routes());
    List<RoleName> roles = List.copyOf(ConcernedRoles.every(before, after));
    for (int i = 0; i < roles.size() && !left.isEmpty(); i += TOGETHER) {
      List<RoleName> some = roles.subList(i, Math.min(i + TOGETHER, roles.size()));
      after.fetch(some, at.api());
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
}
