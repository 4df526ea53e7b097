package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import java.util.Optional;

/**
 * A part of the authorizer's cache key. REST, HTTP and WebSocket APIs write the same four each in
 * their own way; REST's is shown here.
 */
public sealed interface IdentitySource {

  /** {@code method.request.header.X}. */
  record Header(String name) implements IdentitySource {}

  /** {@code method.request.querystring.X}. */
  record Query(String name) implements IdentitySource {}

  /** {@code stageVariables.X}. */
  record StageVariable(String name) implements IdentitySource {}

  /** {@code context.X}, for example {@code context.httpMethod}. */
  record Context(String name) implements IdentitySource {}

  /** Reads a mapping expression of that kind of API; path parameters cannot be identity sources. */
  static IdentitySource parse(ApiType api, String expression) {
    String request = request(api);
    String other = api == ApiType.HTTP ? "$" : "";
    return after(request + "header.", expression)
        .<IdentitySource>map(Header::new)
        .or(() -> after(request + "querystring.", expression).map(Query::new))
        .or(() -> after(other + "stageVariables.", expression).map(StageVariable::new))
        .or(() -> after(other + "context.", expression).map(Context::new))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "identity source `%1$s` is none of %2$sheader.X, %2$squerystring.X,"
                            .formatted(expression, request)
                        + " %1$sstageVariables.X, %1$scontext.X".formatted(other)));
  }

  /** As that kind of API writes it. */
  default String text(ApiType api) {
    String request = request(api);
    String other = api == ApiType.HTTP ? "$" : "";
    return switch (this) {
      case Header(var name) -> request + "header." + name;
      case Query(var name) -> request + "querystring." + name;
      case StageVariable(var name) -> other + "stageVariables." + name;
      case Context(var name) -> other + "context." + name;
    };
  }

  private static String request(ApiType api) {
    return switch (api) {
      case REST -> "method.request.";
      case HTTP -> "$request.";
      case WEBSOCKET -> "route.request.";
    };
  }

  private static Optional<String> after(String prefix, String expression) {
    return expression.startsWith(prefix) && expression.length() > prefix.length()
        ? Optional.of(expression.substring(prefix.length()))
        : Optional.empty();
  }
}
