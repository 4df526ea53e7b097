package dev.grantway.imports;

import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What differs between a route before and after. */
final class RouteNote {
  private RouteNote() {}

  static String of(Route before, Route after) {
    var parts = new ArrayList<String>();
    part(parts, "path", before.template(), after.template());
    part(parts, "operation", before.operationId(), after.operationId());
    part(parts, "tags", before.tags(), after.tags());
    part(parts, "owner", before.owner(), after.owner());
    part(parts, "access", lower(before.access()), lower(after.access()));
    part(parts, "state", lower(before.state()), lower(after.state()));
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      parts.add(what + " `" + before + "` → `" + after + "`");
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** The same route, in that state: it is decided as before. */
  static Route gone(Route route) {
    return new Route(
        route.actions(),
        route.template(),
        route.operationId(),
        route.tags(),
        route.owner(),
        route.access(),
        Route.State.GONE);
  }
}
