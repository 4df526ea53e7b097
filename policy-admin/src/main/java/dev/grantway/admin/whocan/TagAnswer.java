package dev.grantway.admin.whocan;

import dev.grantway.resource.Route;
import java.util.List;

/**
 * Who may call the routes that carry a tag.
 *
 * @param routes every action on them, in the order of the table
 */
public record TagAnswer(String tag, List<Line> routes) {
  public TagAnswer {
    routes = List.copyOf(routes);
  }

  /**
   * One action on one route.
   *
   * @param access what the route asks of callers: a public one no grant
   * @param everybody what whoever is signed in may do
   * @param roles those about which some permission says something, by name
   */
  public record Line(String text, Route.Access access, Standing everybody, List<RoleAnswer> roles) {
    public Line {
      roles = List.copyOf(roles);
    }

    /** The roles that stand so. */
    public List<RoleAnswer> roles(Standing.Kind kind) {
      return roles.stream().filter(it -> it.standing().kind() == kind).toList();
    }
  }
}
