package dev.grantway.sandbox.twin;

import java.util.Optional;

/** A part of the authorizer's cache key, written as API Gateway writes it. */
public sealed interface IdentitySource {

  /** {@code method.request.header.X}. */
  record Header(String name) implements IdentitySource {}

  /** {@code method.request.querystring.X}. */
  record Query(String name) implements IdentitySource {}

  /** {@code stageVariables.X}. */
  record StageVariable(String name) implements IdentitySource {}

  /** {@code context.X}, for example {@code context.httpMethod}. */
  record Context(String name) implements IdentitySource {}

  /** Reads a mapping expression; path parameters cannot be identity sources. */
  static IdentitySource parse(String expression) {
    return after("method.request.header.", expression)
        .<IdentitySource>map(Header::new)
        .or(() -> after("method.request.querystring.", expression).map(Query::new))
        .or(() -> after("stageVariables.", expression).map(StageVariable::new))
        .or(() -> after("context.", expression).map(Context::new))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "identity source `"
                        + expression
                        + "` is none of method.request.header.X, method.request.querystring.X,"
                        + " stageVariables.X, context.X"));
  }

  private static Optional<String> after(String prefix, String expression) {
    return expression.startsWith(prefix) && expression.length() > prefix.length()
        ? Optional.of(expression.substring(prefix.length()))
        : Optional.empty();
  }
}
