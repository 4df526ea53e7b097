package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which routes of one API permissions say something about, whatever their stage, effect, condition
 * and validity. What a pattern touches is worked out once, and looked for only among the routes
 * near it. For any number of threads.
 */
public final class TouchedRoutes {
  private record Asked(ResourcePattern resource, Set<Action> actions) {}

  private final Api api;
  private final TemplateTree tree;
  private final Map<Asked, List<Route>> known = new ConcurrentHashMap<>();

  public TouchedRoutes(Api api) {
    this.api = api;
    this.tree = new TemplateTree(api.routes().routes());
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
    BitSet near = tree.near(permission.resource());
    for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
      Route route = api.routes().routes().get(i);
      if (Touch.touches(permission, route, api.routes())) {
        found.add(route);
      }
    }
    return List.copyOf(found);
  }
}
