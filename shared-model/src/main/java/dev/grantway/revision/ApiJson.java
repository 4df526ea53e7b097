package dev.grantway.revision;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.io.IOException;
import java.util.TreeSet;

/** APIs and their route tables in canonical form. */
public final class ApiJson {
  private ApiJson() {}

  /** Writes the members into an object that is open. */
  public static void write(JsonGenerator json, Api api) throws IOException {
    json.writeStringField("id", api.id().value());
    json.writeStringField("name", api.name());
    json.writeStringField("type", api.type().name());
    json.writeArrayFieldStart("stages");
    for (String stage : api.stages()) {
      json.writeString(stage);
    }
    json.writeEndArray();
    if (api.allowUnconfirmedRouteTable()) {
      json.writeBooleanField("allowUnconfirmedRouteTable", true);
    }
    json.writeArrayFieldStart("routes");
    for (Route route : api.routes().routes()) {
      writeRoute(json, route);
    }
    json.writeEndArray();
  }

  public static Api read(JsonObject json) {
    ApiType type = ApiType.valueOf(json.text("type"));
    return new Api(
        new ApiId(json.text("id")),
        json.text("name"),
        json.texts("stages"),
        new RouteTable(type, json.objects("routes", route -> readRoute(route, type))),
        json.flag("allowUnconfirmedRouteTable"));
  }

  private static void writeRoute(JsonGenerator json, Route route) throws IOException {
    json.writeStartObject();
    json.writeStringField("route", route.toString());
    if (!route.operationId().isEmpty()) {
      json.writeStringField("id", route.operationId());
    }
    if (!route.tags().isEmpty()) {
      json.writeArrayFieldStart("tags");
      for (String tag : route.tags()) {
        json.writeString(tag);
      }
      json.writeEndArray();
    }
    if (!route.owner().isEmpty()) {
      json.writeStringField("owner", route.owner());
    }
    if (route.access() != Route.Access.GRANTED) {
      json.writeStringField("access", route.access().name());
    }
    if (route.state() != Route.State.CURRENT) {
      json.writeStringField("state", route.state().name());
    }
    json.writeEndObject();
  }

  private static Route readRoute(JsonObject json, ApiType type) {
    String text = json.text("route");
    Route plain = type == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text);
    return new Route(
        plain.actions(),
        plain.template(),
        json.textOr("id", ""),
        new TreeSet<>(json.texts("tags")),
        json.textOr("owner", ""),
        Route.Access.valueOf(json.textOr("access", Route.Access.GRANTED.name())),
        Route.State.valueOf(json.textOr("state", Route.State.CURRENT.name())));
  }
}
