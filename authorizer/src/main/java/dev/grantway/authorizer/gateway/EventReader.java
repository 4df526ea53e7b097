package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.gateway.EventReading.EventRefusal;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the bytes of an event of any kind (GATEWAY, events and answers). */
public final class EventReader {
  private static final Json.Obj NOTHING = new Json.Obj(Map.of());

  private final TokenSource tokenSource;
  private final StagePrefixes stages = new StagePrefixes();

  /**
   * @param tokenSource where REQUEST events carry the token
   */
  public EventReader(TokenSource tokenSource) {
    this.tokenSource = tokenSource;
  }

  /** The event, or why the bytes are none. */
  public EventReading read(byte[] utf8) {
    try {
      return JsonReader.read(utf8, JsonLimits.PLATFORM) instanceof Json.Obj event
          ? read(event)
          : new EventReading.Refused(EventRefusal.NOT_AN_OBJECT);
    } catch (MalformedJsonException e) {
      return new EventReading.Refused(EventRefusal.NOT_JSON);
    }
  }

  private EventReading read(Json.Obj event) {
    var kind = kind(event);
    if (kind.isEmpty()) {
      return new EventReading.Refused(EventRefusal.UNKNOWN_KIND);
    }
    var name = kind.get() == ApiKind.HTTP_2 ? "routeArn" : "methodArn";
    return event
        .text(name)
        .flatMap(
            text ->
                kind.get() == ApiKind.WEBSOCKET
                    ? MethodArn.parseConnect(text, stages)
                    : MethodArn.parse(text, stages))
        .<EventReading>map(arn -> new EventReading.Read(event(kind.get(), arn, event)))
        .orElseGet(() -> new EventReading.Refused(EventRefusal.BAD_ARN));
  }

  private static Optional<ApiKind> kind(Json.Obj event) {
    if (event.get("version").isPresent()) {
      return switch (event.text("version").orElse("")) {
        case "1.0" -> Optional.of(ApiKind.HTTP_1);
        case "2.0" -> Optional.of(ApiKind.HTTP_2);
        default -> Optional.empty();
      };
    }
    var happening = event.object("requestContext").flatMap(context -> context.text("eventType"));
    return switch (event.text("type").orElse("")) {
      case "TOKEN" -> Optional.of(ApiKind.REST_TOKEN);
      case "REQUEST" ->
          happening.map(EventReader::happening).orElse(Optional.of(ApiKind.REST_REQUEST));
      default -> Optional.empty();
    };
  }

  /** Of what happens on a WebSocket only the connection is ever authorized. */
  private static Optional<ApiKind> happening(String eventType) {
    return eventType.equals("CONNECT") ? Optional.of(ApiKind.WEBSOCKET) : Optional.empty();
  }

  private GatewayEvent event(ApiKind kind, MethodArn arn, Json.Obj event) {
    var context = event.object("requestContext").orElse(NOTHING);
    var http = context.object("http").orElse(NOTHING);
    var identity = context.object(kind == ApiKind.HTTP_2 ? "http" : "identity").orElse(NOTHING);
    boolean token = kind == ApiKind.REST_TOKEN;
    return new GatewayEvent(
        kind,
        arn,
        switch (kind) {
          case REST_REQUEST, HTTP_1 -> texts(event.text("resource"), context.text("resourcePath"));
          case REST_TOKEN, HTTP_2, WEBSOCKET -> Set.of();
        },
        switch (kind) {
          case HTTP_2 -> texts(event.text("routeKey"), context.text("routeKey"));
          case HTTP_1 -> texts(context.text("routeKey"), Optional.empty());
          case REST_TOKEN, REST_REQUEST, WEBSOCKET -> Set.of();
        },
        switch (kind) {
          // The console's test calls name other stages.
          case REST_TOKEN, REST_REQUEST -> true;
          case HTTP_1 ->
              same(arn, context)
                  && is(arn.method(), event.text("httpMethod"))
                  && is(arn.method(), context.text("httpMethod"));
          case HTTP_2 -> same(arn, context) && is(arn.method(), http.text("method"));
          case WEBSOCKET -> same(arn, context) && is(arn.method(), context.text("routeKey"));
        },
        tokenSource.credential(kind, event),
        token ? "" : identity.text("sourceIp").orElse(""),
        new Parameters(kind, event));
  }

  private static boolean same(MethodArn arn, Json.Obj context) {
    return is(arn.api(), context.text("apiId")) && is(arn.stage(), context.text("stage"));
  }

  /** What is not said contradicts nothing. */
  private static boolean is(String expected, Optional<String> said) {
    return said.isEmpty() || said.get().equals(expected);
  }

  private static Set<String> texts(Optional<String> one, Optional<String> other) {
    if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
      return one.or(() -> other).map(Set::of).orElse(Set.of());
    }
    return Set.of(one.get(), other.get());
  }
}
