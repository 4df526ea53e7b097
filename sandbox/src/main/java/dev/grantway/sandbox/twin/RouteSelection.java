package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.io.IOException;
import java.util.Optional;

/** Chooses the route of a message by {@code $request.body.action}. */
final class RouteSelection {
  private RouteSelection() {}

  /**
   * The route whose key is the message's {@code action}, else {@code $default}, if the API has one.
   * A message that is no JSON object, or whose {@code action} is no text, has no key; nor can it
   * name one of API Gateway's own, such as {@code $connect}.
   */
  static Optional<Route> of(String message, RouteTable routes) {
    return action(message)
        .filter(key -> !key.isEmpty() && !key.startsWith("$"))
        .flatMap(key -> route(key, routes))
        .or(() -> route("$default", routes));
  }

  private static Optional<Route> route(String key, RouteTable routes) {
    return routes.route(Action.CONNECT, RequestPath.ofRouteKey(key));
  }

  private static Optional<String> action(String message) {
    Optional<String> action = Optional.empty();
    try (JsonParser json = JsonText.FACTORY.createParser(message)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (key.equals("action") && value == JsonToken.VALUE_STRING) {
          action = Optional.of(json.getText());
        } else {
          json.skipChildren();
        }
      }
      return json.nextToken() == null ? action : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
