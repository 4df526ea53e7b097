package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Segment;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What somebody may have meant whose pattern reaches no route. */
final class NearRoute {
  private NearRoute() {}

  /** A route that the text of the pattern matches, but for a literal where it has a variable. */
  static Optional<String> of(ResourcePattern pattern, RouteTable table) {
    return table.routes().stream()
        .filter(route -> Reach.of(pattern, route.template()) == Reach.NONE)
        .filter(route -> isNear(pattern.segments(), route.template().segments()))
        .map(Route::toString)
        .findFirst();
  }

  /** The methods of the routes that the pattern covers with methods the permission lacks. */
  static SortedSet<Action> methods(Permission permission, RouteTable table) {
    var methods = new TreeSet<Action>();
    table.routes().stream()
        .filter(route -> Reach.of(permission.resource(), route.template()) != Reach.NONE)
        .forEach(route -> methods.addAll(route.actions()));
    methods.removeAll(permission.actions());
    return methods;
  }

  private static boolean isNear(List<Segment> pattern, List<Segment> template) {
    if (pattern.size() != template.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      boolean literals =
          pattern.get(i) instanceof Segment.Literal && template.get(i) instanceof Segment.Literal;
      if (literals && !pattern.get(i).equals(template.get(i))) {
        return false;
      }
    }
    return true;
  }
}
