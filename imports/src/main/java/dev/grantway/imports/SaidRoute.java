package dev.grantway.imports;

import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.Position;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A route that a document has, and what it says of it; what it says nothing of stays as it is.
 *
 * @param path such as {@code GET /orders/{id}}
 * @param operationId empty where there is none
 * @param roles who is to be allowed it
 */
record SaidRoute(
    Route path,
    Position at,
    String operationId,
    boolean deprecated,
    Optional<SortedSet<String>> tags,
    Optional<String> owner,
    Optional<Route.Access> access,
    List<SaidRole> roles) {

  SaidRoute {
    roles = List.copyOf(roles);
  }

  /** A role and where it is named. */
  record SaidRole(RoleName role, Position at) {}

  /** What two routes of one table may not share. */
  static List<String> shape(Route route) {
    var shape = new ArrayList<>(List.of(route.method(), route.template().kind().name()));
    shape.addAll(route.template().shape());
    return List.copyOf(shape);
  }
}
