package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import java.util.Optional;
import java.util.function.Supplier;

/** GATEWAY rule 8: the template that the event carries must be the one our table chooses. */
final class Templates {
  private Templates() {}

  /** The one template of the event; empty where it carries none, or one that is no template. */
  static Optional<Template> carried(GatewayEvent event, RouteTable table) {
    for (String key : event.routeKeys()) {
      var route = route(key, table);
      if (route.isPresent()) {
        return route.map(Route::template);
      }
      break;
    }
    for (String text : event.templates()) {
      return template(text, table);
    }
    return Optional.empty();
  }

  /** Whether all templates and route keys written are that route's; variables are labels. */
  static boolean agree(GatewayEvent event, Route route, RouteTable table) {
    for (String text : event.templates()) {
      if (template(text, table).filter(route.template()::sameShape).isEmpty()) {
        return false;
      }
    }
    for (String key : event.routeKeys()) {
      if (route(key, table).filter(it -> same(it, route)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Route one, Route other) {
    return one.actions().equals(other.actions()) && one.template().sameShape(other.template());
  }

  /** What the table has under that very text need not be read. */
  private static Optional<Route> route(String key, RouteTable table) {
    return table.written(key).or(() -> reading(() -> Route.parse(key)));
  }

  private static Optional<Template> template(String text, RouteTable table) {
    return table.template(text).or(() -> reading(() -> Template.parse(text)));
  }

  private static <T> Optional<T> reading(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
