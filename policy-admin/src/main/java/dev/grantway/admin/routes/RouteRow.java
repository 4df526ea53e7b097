package dev.grantway.admin.routes;

import dev.grantway.admin.changes.Staging;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.Optional;

/**
 * A route in the list.
 *
 * @param route as the draft has it; one that the draft takes out, as it was
 * @param staged what the draft does to it
 * @param lacking the path above its greedy tail, which it does not match, where no other route
 *     takes such calls
 * @param roles those that some permission lets or denies it, by name
 * @param orphans permissions that are about no other route that is still served; told of routes
 *     that are gone or taken out
 */
public record RouteRow(
    Route route,
    Staging staged,
    RouteCoverage coverage,
    Optional<String> lacking,
    List<RoleAccess> roles,
    List<Permission> orphans) {
  public RouteRow {
    roles = List.copyOf(roles);
    orphans = List.copyOf(orphans);
  }
}
