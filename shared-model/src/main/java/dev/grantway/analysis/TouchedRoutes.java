package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which routes of one API permissions say something about, whatever their stage, effect, condition
 * and validity. What a pattern touches is worked out once, and looked for only among the routes
 * whose path does not differ from the literals that it begins with. For any number of threads.
 */
public final class TouchedRoutes {
  private record Asked(ResourcePattern resource, Set<Action> actions) {}

  /** What begins with the same literals. */
  private static final class Node {
    private final Map<String, Node> below = new HashMap<>();
    private final BitSet all = new BitSet();

    /** Those that go on with no literal here, or end. */
    private final BitSet open = new BitSet();
  }

  private final Api api;
  private final Node root = new Node();
  private final Map<Asked, List<Route>> known = new ConcurrentHashMap<>();

  public TouchedRoutes(Api api) {
    this.api = api;
    List<Route> routes = api.routes().routes();
    for (int i = 0; i < routes.size(); i++) {
      add(i, routes.get(i).template());
    }
  }

  private void add(int number, Template template) {
    Node node = root;
    node.all.set(number);
    for (Segment segment : template.segments()) {
      if (!(segment instanceof Segment.Literal(var text))) {
        break;
      }
      node = node.below.computeIfAbsent(text, it -> new Node());
      node.all.set(number);
    }
    node.open.set(number);
  }

  public Api api() {
    return api;
  }

  /** In the order of the table; none for a permission of another API. */
  public List<Route> of(Permission permission) {
    return permission.api().equals(api.id())
        ? known.computeIfAbsent(
            new Asked(permission.resource(), permission.actions()), it -> find(permission))
        : List.of();
  }

  private List<Route> find(Permission permission) {
    var found = new ArrayList<Route>();
    BitSet near = near(permission.resource());
    for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
      Route route = api.routes().routes().get(i);
      if (Touch.touches(permission, route, api.routes())) {
        found.add(route);
      }
    }
    return List.copyOf(found);
  }

  /** At least those that the pattern touches: a literal is never where another one is. */
  private BitSet near(ResourcePattern pattern) {
    var near = new BitSet();
    Node node = root;
    for (Segment segment : pattern.segments()) {
      if (!(segment instanceof Segment.Literal(var text))) {
        near.or(node.all);
        return near;
      }
      near.or(node.open);
      Node next = node.below.get(text);
      if (next == null) {
        return near;
      }
      node = next;
    }
    near.or(node.open);
    return near;
  }
}
