package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.GatewayEvent;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import java.util.Optional;
import java.util.function.Supplier;

/** GATEWAY rule 8: the template that the event carries must be the one our table chooses. */
final class Templates {
  private Templates() {}

  /** The one template of the event; empty where it carries none, or one that is no template. */
  static Optional<Template> carried(GatewayEvent event) {
    return event.routeKeys().stream()
        .findFirst()
        .map(key -> reading(() -> Route.parse(key)).map(Route::template))
        .orElseGet(() -> event.templates().stream().findFirst().flatMap(Templates::parsed));
  }

  /** Whether all templates and route keys written are that route's; variables are labels. */
  static boolean agree(GatewayEvent event, Route route) {
    return event.templates().stream()
            .allMatch(text -> parsed(text).filter(route.template()::sameShape).isPresent())
        && event.routeKeys().stream()
            .allMatch(
                key ->
                    reading(() -> Route.parse(key))
                        .filter(it -> it.actions().equals(route.actions()))
                        .filter(it -> it.template().sameShape(route.template()))
                        .isPresent());
  }

  private static Optional<Template> parsed(String text) {
    return reading(() -> Template.parse(text));
  }

  private static <T> Optional<T> reading(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
