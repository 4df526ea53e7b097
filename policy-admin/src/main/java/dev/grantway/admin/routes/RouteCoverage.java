package dev.grantway.admin.routes;

import dev.grantway.resource.Route;

/** Who can get through to a route at all. */
public enum RouteCoverage {
  /** Some permission allows it, at least in part, to some role. */
  GRANTED,
  /** It has no authorizer, on purpose. */
  PUBLIC,
  /** Nobody is meant to have a grant; a wide permission gives one all the same. */
  CLOSED,
  /** It needs a grant and nobody has one: nobody has said what is to become of it. */
  FORGOTTEN,
  /** It is served no more, whatever it was: nobody needs to get through to it. */
  GONE;

  static RouteCoverage of(Route route, boolean granted) {
    if (route.state() == Route.State.GONE) {
      return GONE;
    }
    return switch (route.access()) {
      case PUBLIC -> PUBLIC;
      case CLOSED -> CLOSED;
      case GRANTED -> granted ? GRANTED : FORGOTTEN;
    };
  }
}
