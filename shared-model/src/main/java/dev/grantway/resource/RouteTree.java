package dev.grantway.resource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a table by the segments of their templates, so that the most specific one of a path
 * is found without looking at the others: literal before {@code {p}} before {@code {p+}} before
 * {@code $default}, segment by segment.
 */
final class RouteTree {
  private final Node root = new Node();
  private final Resource fallback = new Resource();
  private final Map<String, Resource> routeKeys = new HashMap<>();

  /** The routes of one template. */
  private static final class Resource {
    private final Map<Action, Route> byAction = new EnumMap<>(Action.class);
    private boolean exists;

    private void add(Route route) {
      exists = true;
      for (Action action : route.actions()) {
        byAction.merge(action, route, (a, b) -> a.isAny() ? b : a);
      }
    }
  }

  /** What may follow a beginning of templates. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private final Resource greedy = new Resource();
    private final Resource here = new Resource();
  }

  void add(Route route) {
    switch (route.template().kind()) {
      case DEFAULT -> fallback.add(route);
      case ROUTE_KEY ->
          routeKeys.computeIfAbsent(route.template().toString(), key -> new Resource()).add(route);
      case PATH -> resource(route.template().segments()).add(route);
    }
  }

  private Resource resource(List<Segment> segments) {
    Node node = root;
    for (Segment segment : segments) {
      if (segment instanceof Segment.Greedy) {
        return node.greedy;
      }
      if (segment instanceof Segment.Literal(var text)) {
        node = node.literals.computeIfAbsent(text, literal -> new Node());
      } else {
        if (node.variable == null) {
          node.variable = new Node();
        }
        node = node.variable;
      }
    }
    return node.here;
  }

  /**
   * @param resourceFirst whether the template is chosen before the method, without falling back
   */
  Optional<Route> route(Action action, List<String> path, boolean resourceFirst, boolean routeKey) {
    if (routeKey) {
      return Optional.ofNullable(routeKeys.get(path.getFirst()))
          .map(resource -> resource.byAction.get(action));
    }
    var found = new ArrayList<Resource>(1);
    boolean chosen = choose(root, path, 0, resourceFirst ? null : action, found);
    Resource resource = chosen ? found.getFirst() : fallback;
    return Optional.ofNullable(resource.byAction.get(action));
  }

  /** Each node is looked at once at most, since its depth is the place in the path. */
  private static boolean choose(
      Node node, List<String> path, int at, @Nullable Action action, List<Resource> found) {
    if (at == path.size()) {
      return serves(node.here, action, found);
    }
    String segment = path.get(at);
    Node literal = node.literals.get(segment);
    if (literal != null && choose(literal, path, at + 1, action, found)) {
      return true;
    }
    if (node.variable != null
        && !segment.isEmpty()
        && choose(node.variable, path, at + 1, action, found)) {
      return true;
    }
    boolean empty = at == path.size() - 1 && segment.isEmpty();
    return !empty && serves(node.greedy, action, found);
  }

  private static boolean serves(Resource resource, @Nullable Action action, List<Resource> found) {
    boolean serves = action == null ? resource.exists : resource.byAction.containsKey(action);
    if (serves) {
      found.add(resource);
    }
    return serves;
  }
}
