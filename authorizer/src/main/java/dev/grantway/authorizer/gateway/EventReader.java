package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.gateway.EventReading.EventRefusal;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the bytes of an event of any kind (GATEWAY, events and answers). */
public final class EventReader {
  private final TokenSource tokenSource;

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
        .flatMap(MethodArn::parse)
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
    var connects =
        event.object("requestContext").flatMap(context -> context.text("eventType")).isPresent();
    return switch (event.text("type").orElse("")) {
      case "TOKEN" -> Optional.of(ApiKind.REST_TOKEN);
      case "REQUEST" -> Optional.of(connects ? ApiKind.WEBSOCKET : ApiKind.REST_REQUEST);
      default -> Optional.empty();
    };
  }

  private GatewayEvent event(ApiKind kind, MethodArn arn, Json.Obj event) {
    return switch (kind) {
      case REST_TOKEN -> token(arn, event);
      case REST_REQUEST -> request(arn, event);
      case HTTP_1, HTTP_2, WEBSOCKET -> new GatewayEvent.Unserved(kind, arn);
    };
  }

  private GatewayEvent token(MethodArn arn, Json.Obj event) {
    return new GatewayEvent.Rest(
        ApiKind.REST_TOKEN,
        arn,
        Set.of(),
        tokenSource.credential(ApiKind.REST_TOKEN, event),
        "",
        Map.of(),
        Map.of());
  }

  private GatewayEvent request(MethodArn arn, Json.Obj event) {
    var context = event.object("requestContext").orElse(new Json.Obj(Map.of()));
    var headers = new Headers(event);
    Set<String> templates = new HashSet<>();
    event.text("resource").ifPresent(templates::add);
    context.text("resourcePath").ifPresent(templates::add);
    var ip = context.object("identity").flatMap(identity -> identity.text("sourceIp"));
    return new GatewayEvent.Rest(
        ApiKind.REST_REQUEST,
        arn,
        templates,
        tokenSource.credential(ApiKind.REST_REQUEST, event),
        ip.orElse(""),
        headers.byName(),
        Headers.query(event));
  }
}
