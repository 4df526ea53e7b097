package dev.grantway.sandbox.twin;

import java.util.List;
import java.util.Map;

/**
 * What a backend learns of a caller: the authorizer's context with {@code principalId} in it;
 * nothing on public routes.
 */
record Authorized(Map<String, String> context) {
  static final Authorized PUBLICLY = new Authorized(Map.of());

  Authorized {
    context = Map.copyOf(context);
  }

  /**
   * Whether a message with that route key may be served: {@code routes} lists it, or nobody was
   * asked when the caller connected.
   */
  boolean mayUse(String routeKey) {
    return context.isEmpty()
        || List.of(context.getOrDefault("routes", "").split(",")).contains(routeKey);
  }
}
