package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a pattern says anything about the requests that API Gateway sends to a route: {@code
 * /orders/search} says nothing about {@code /orders/{id}} where it is a route of its own.
 */
final class Touch {
  /** Stands for any value that no route and no pattern names. */
  private static final String FRESH = "~any~";

  private Touch() {}

  /** With one of the permission's methods. */
  static boolean touches(Permission permission, Route route, RouteTable table) {
    return permission.actions().stream()
        .filter(route.actions()::contains)
        .anyMatch(action -> touches(permission.resource(), route, action, table));
  }

  static boolean touches(ResourcePattern pattern, Route route, Action action, RouteTable table) {
    return touches(Reach.of(pattern, route.template()), pattern, route, action, table);
  }

  /** The same where it is known how much of the route the pattern covers. */
  static boolean touches(
      Reach reach, ResourcePattern pattern, Route route, Action action, RouteTable table) {
    return switch (reach) {
      case WHOLE -> true;
      case NONE -> false;
      case PART ->
          table
              .route(action, sample(pattern.segments(), route.template()))
              .filter(route::equals)
              .isPresent();
    };
  }

  /** A request that both match: literals where either has one, fresh values elsewhere. */
  private static RequestPath sample(List<Segment> pattern, Template template) {
    var texts = new ArrayList<String>();
    int fixed = template.segments().size();
    boolean open = template.isGreedy() || template.kind() == Template.Kind.DEFAULT;
    int depth = open ? Math.max(pattern.size(), fixed) : fixed;
    for (int i = 0; i < depth; i++) {
      texts.add(literalAt(pattern, i, literalAt(template.segments(), i, FRESH)));
    }
    return RequestPath.of("/" + String.join("/", texts));
  }

  private static String literalAt(List<Segment> segments, int index, String otherwise) {
    return index < segments.size() && segments.get(index) instanceof Segment.Literal(var text)
        ? text
        : otherwise;
  }
}
