package dev.grantway.authorizer.gateway;

import dev.grantway.compile.ArnPrefix;
import java.util.Optional;

/**
 * The {@code methodArn} of an event (GATEWAY rule 1): paths may hold colons and anything else.
 *
 * @param prefix up to and including the stage, without wildcards (rule 2)
 * @param api the API's id
 * @param stage the stage; test calls bring odd ones, which are data
 * @param method the verb, or on WebSocket the route key
 * @param path concrete, with its leading slash; the root is {@code /}; empty on WebSocket
 */
public record MethodArn(ArnPrefix prefix, String api, String stage, String method, String path) {
  private static final String CONNECT = "$connect";
  private static final int ARN_PARTS = 6;

  /** Reads an ARN of {@code execute-api}; empty where it is none. */
  static Optional<MethodArn> parse(String text, StagePrefixes stages) {
    int resource = afterColons(text);
    int stage = resource == 0 ? 0 : text.indexOf('/', resource) + 1;
    int method = stage == 0 ? 0 : text.indexOf('/', stage) + 1;
    if (method == 0) {
      return Optional.empty();
    }
    int slash = text.indexOf('/', method);
    int end = slash < 0 ? text.length() : slash;
    var prefix =
        end == method ? Optional.<ArnPrefix>empty() : stages.of(text.substring(0, method - 1));
    return prefix.map(
        it ->
            new MethodArn(
                it,
                text.substring(resource, stage - 1),
                text.substring(stage, method - 1),
                text.substring(method, end),
                slash < 0 ? "/" : text.substring(slash)));
  }

  /** Where the resource begins; 0 where there are too few colons. */
  private static int afterColons(String text) {
    int at = 0;
    for (int i = 1; i < ARN_PARTS; i++) {
      at = text.indexOf(':', at) + 1;
      if (at == 0) {
        return 0;
      }
    }
    return at;
  }

  /** Reads the ARN of a connection, {@code …/{stage}/$connect}, which has no path. */
  static Optional<MethodArn> parseConnect(String text, StagePrefixes stages) {
    return text.endsWith("/" + CONNECT)
        ? parse(text, stages)
            .filter(arn -> arn.method.equals(CONNECT))
            .map(arn -> new MethodArn(arn.prefix, arn.api, arn.stage, CONNECT, ""))
            .filter(arn -> arn.text().equals(text))
        : Optional.empty();
  }

  /** The whole ARN, as documents are evaluated against it. */
  public String text() {
    return prefix.text() + "/" + method + path;
  }
}
