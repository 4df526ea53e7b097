package dev.grantway.sandbox.twin;

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
}
