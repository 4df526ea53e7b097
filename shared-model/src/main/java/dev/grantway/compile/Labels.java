package dev.grantway.compile;

import dev.grantway.policy.Effect;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What lists of paths come to, each of which routing and every permission take whole or not. */
final class Labels {
  /** What a list comes to. */
  enum Label {
    ALLOWED,
    DENIED,
    /** No route serves it. */
    UNROUTABLE
  }

  private final World world;
  private final Map<TokenList, List<Grant>> grants = new HashMap<>();
  private final ListIndex grantLists;
  private final Predicate<Route> granted;
  private final Map<TokenList, Label> known = new HashMap<>();

  /**
   * @param granted the routes of which something may be granted; others count as denied
   */
  Labels(World world, Collection<Grant> grants, Predicate<Route> granted) {
    this.world = world;
    for (Grant grant : grants) {
      for (TokenList list : TokenLists.of(grant.pattern(), grant.claims())) {
        this.grants.computeIfAbsent(list, none -> new ArrayList<>()).add(grant);
      }
    }
    this.grantLists = new ListIndex(this.grants.keySet());
    this.granted = granted;
  }

  /** SEM-02, SEM-03. */
  Label of(TokenList list) {
    Label label = known.get(list);
    if (label == null) {
      label = compute(list);
      known.put(list, label);
    }
    return label;
  }

  boolean allows(TokenList list) {
    return of(list) == Label.ALLOWED;
  }

  private Label compute(TokenList list) {
    Optional<Route> route = world.route(list);
    if (route.isEmpty()) {
      return Label.UNROUTABLE;
    }
    RequestPath fresh = RequestPath.of(list.fresh());
    boolean allowed =
        granted.test(route.get())
            && covered(list, fresh, route.get(), Effect.ALLOW)
            && !covered(list, fresh, route.get(), Effect.DENY);
    return allowed ? Label.ALLOWED : Label.DENIED;
  }

  private boolean covered(TokenList list, RequestPath fresh, Route route, Effect effect) {
    for (TokenList near : grantLists.near(list)) {
      for (Grant grant : grants.getOrDefault(near, List.of())) {
        if (grant.effect() == effect && world.covers(grant, fresh, route)) {
          return true;
        }
      }
    }
    return false;
  }
}
