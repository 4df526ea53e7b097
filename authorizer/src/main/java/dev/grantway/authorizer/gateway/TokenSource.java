package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Rejection.NoCredential;
import java.util.regex.Pattern;

/**
 * Where events carry the token ({@code GRANTWAY_TOKEN_SOURCE}, TOKENS step 1). Never {@code
 * identitySource} nor an HTTP API's {@code authorizationToken}: those are joined by commas, in any
 * order. A TOKEN event has but one place, its own {@code authorizationToken}.
 *
 * @param place which part of the event
 * @param name of the header, without case, or of the query parameter, exactly
 */
public record TokenSource(Place place, String name) {
  private static final Pattern FORM =
      Pattern.compile("(header):([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128})|(query):([\\w.~-]{1,128})");

  /** {@code header:Authorization}. */
  public static final TokenSource AUTHORIZATION = new TokenSource(Place.HEADER, "Authorization");

  /** The parts of an event that may carry a token. */
  public enum Place {
    /** A header. */
    HEADER,
    /** A query parameter, on WebSocket only: browsers cannot set headers there. */
    QUERY
  }

  /** Reads {@code header:NAME} or {@code query:NAME}. */
  public static TokenSource parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is neither `header:NAME` nor, for WebSocket APIs, `query:NAME`");
    }
    return form.group(1) != null
        ? new TokenSource(Place.HEADER, form.group(2))
        : new TokenSource(Place.QUERY, form.group(4));
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return (place == Place.HEADER ? "header:" : "query:") + name;
  }

  /** The one credential of an event of that kind, or why there is not exactly one. */
  Credential credential(ApiKind kind, Json.Obj event) {
    return switch (kind) {
      case REST_TOKEN -> token(event);
      case REST_REQUEST, HTTP_1, HTTP_2 ->
          place == Place.HEADER ? header(event) : new Credential.None(NoCredential.MISSING);
      case WEBSOCKET -> place == Place.HEADER ? header(event) : query(event);
    };
  }

  private static Credential token(Json.Obj event) {
    return event
        .text("authorizationToken")
        .filter(text -> !text.isEmpty())
        .<Credential>map(Credential.Presented::new)
        .orElse(new Credential.None(NoCredential.MISSING));
  }

  private Credential header(Json.Obj event) {
    return OneValue.in(
        event.object("headers"), event.object("multiValueHeaders"), name::equalsIgnoreCase);
  }

  /** RFC 6750 section 2.3: there the token stands alone; its scheme may stand before it. */
  private Credential query(Json.Obj event) {
    var found =
        OneValue.in(
            event.object("queryStringParameters"),
            event.object("multiValueQueryStringParameters"),
            name::equals);
    return switch (found) {
      case Credential.Presented(var value) when value.indexOf(' ') < 0 ->
          new Credential.Presented("Bearer " + value);
      case Credential.Presented presented -> presented;
      case Credential.None none -> none;
    };
  }
}
