package dev.grantway.cli;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One line of {@code decide}: strict JSON, every key known, every value of its type. */
final class RequestLine {
  static final List<String> KEYS =
      List.of(
          "api",
          "stage",
          "method",
          "path",
          "route",
          "roles",
          "claims",
          "issuer",
          "sub",
          "client",
          "groups",
          "scopes",
          "sourceIp",
          "headers",
          "query",
          "now");

  private final Clock clock;
  private final Function<String, Optional<Api>> apis;

  RequestLine(Clock clock, Function<String, Optional<Api>> apis) {
    this.clock = clock;
    this.apis = apis;
  }

  /** Reads a line; one that is not a request throws {@link InputException}. */
  PolicyDecider.Question read(String line) {
    var fields = new JsonFields(object(line, "the line"), "a request");
    fields.checkKeys(KEYS);
    String api = fields.required("api");
    String path = fields.required("path");
    boolean webSocket =
        apis.apply(api).map(found -> found.type() == ApiType.WEBSOCKET).orElse(false);
    checkPath(path, webSocket);
    return new PolicyDecider.Question(
        caller(fields),
        api,
        fields.required("stage"),
        webSocket ? connect(fields) : action(fields.required("method")),
        path,
        fields.text("route").orElse(""),
        new RequestContext(
            fields.text("sourceIp").orElse(""),
            fields.lists("headers"),
            fields.lists("query"),
            fields.text("now").map(RequestLine::now).orElseGet(clock::instant)));
  }

  /** A JSON object; what is none is refused under that name. */
  static Json.Obj object(String text, String what) {
    return object(text, what, JsonLimits.PLATFORM);
  }

  static Json.Obj object(String text, String what, JsonLimits limits) {
    try {
      if (JsonReader.read(text, limits) instanceof Json.Obj object) {
        return object;
      }
      throw new InputException(what + " is no JSON object: write {…}");
    } catch (MalformedJsonException malformed) {
      throw new InputException(
          what + " cannot be read as a JSON object: " + malformed.flaw().words());
    }
  }

  private static PolicyTest.Caller caller(JsonFields fields) {
    return new PolicyTest.Caller(
        fields.text("issuer").orElse(""),
        fields.text("sub").orElse(""),
        fields.text("client").orElse(""),
        fields.texts("groups"),
        fields.texts("roles"),
        fields.claims("claims"),
        fields.texts("scopes"));
  }

  private static void checkPath(String path, boolean webSocket) {
    if (webSocket ? path.isEmpty() : !path.startsWith("/")) {
      throw new InputException(
          "`path` is `" + path + "`: write " + (webSocket ? "a route key" : "it from its first /"));
    }
  }

  private static Action connect(JsonFields fields) {
    if (fields.text("method").map(method -> !method.equals("CONNECT")).orElse(false)) {
      throw new InputException(
          "`method` on a WebSocket API: leave it out, the route key stands in `path`");
    }
    return Action.CONNECT;
  }

  static Action action(String method) {
    return Action.verb(method)
        .orElseThrow(
            () ->
                new InputException(
                    "method `"
                        + method
                        + "` is unknown: write one of DELETE, GET, HEAD, OPTIONS,"
                        + " PATCH, POST, PUT"));
  }

  private static Instant now(String text) {
    return Inputs.instant(text);
  }
}
