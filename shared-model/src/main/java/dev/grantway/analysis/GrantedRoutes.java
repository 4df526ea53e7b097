package dev.grantway.analysis;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which routes of an API some permission allows in a stage, at least in part, to some role. DENYs
 * are not looked at. What is kept depends on no instant; what is over then is left out when it is
 * asked. For any number of threads.
 */
public final class GrantedRoutes {
  private final Map<Route, Validity> last;

  private GrantedRoutes(Map<Route, Validity> last) {
    this.last = Map.copyOf(last);
  }

  /**
   * The routes that are granted at some time.
   *
   * @param touched the routes that a permission is about, as {@link TouchedRoutes} has them
   */
  public static GrantedRoutes of(
      String stage,
      Stream<Permission> permissions,
      Function<Permission, ? extends Collection<Route>> touched) {
    var last = new HashMap<Route, Validity>();
    permissions
        .filter(it -> it.effect() == Effect.ALLOW && it.stage().includes(stage))
        .forEach(
            it ->
                touched
                    .apply(it)
                    .forEach(route -> last.merge(route, it.validity(), GrantedRoutes::longer)));
    return new GrantedRoutes(last);
  }

  private static Validity longer(Validity one, Validity other) {
    return one.until().filter(end -> !other.isOver(end)).isPresent() ? other : one;
  }

  /**
   * The routes that are granted at an instant, or will be.
   *
   * @param now permissions whose validity ended by then grant nothing any more
   */
  public Set<Route> at(Instant now) {
    return last.entrySet().stream()
        .filter(it -> !it.getValue().isOver(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
