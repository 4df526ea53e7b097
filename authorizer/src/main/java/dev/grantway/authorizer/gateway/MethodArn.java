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
  private static final int RESOURCE_PARTS = 4;

  /** Reads an ARN of {@code execute-api}; empty where it is none. */
  static Optional<MethodArn> parse(String text) {
    var parts = text.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[0].equals("arn") || !parts[2].equals("execute-api")) {
      return Optional.empty();
    }
    var resource = parts[5].split("/", RESOURCE_PARTS);
    if (resource.length < 3 || resource[2].isEmpty()) {
      return Optional.empty();
    }
    var head = text.substring(0, text.length() - parts[5].length());
    var path = resource.length == RESOURCE_PARTS ? resource[3] : "";
    return prefix(head + resource[0] + "/" + resource[1])
        .map(stage -> new MethodArn(stage, resource[0], resource[1], resource[2], "/" + path));
  }

  /** Reads the ARN of a connection, {@code …/{stage}/$connect}, which has no path. */
  static Optional<MethodArn> parseConnect(String text) {
    return text.endsWith("/" + CONNECT)
        ? parse(text)
            .filter(arn -> arn.method.equals(CONNECT))
            .map(arn -> new MethodArn(arn.prefix, arn.api, arn.stage, CONNECT, ""))
            .filter(arn -> arn.text().equals(text))
        : Optional.empty();
  }

  private static Optional<ArnPrefix> prefix(String text) {
    try {
      return Optional.of(new ArnPrefix(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The whole ARN, as documents are evaluated against it. */
  public String text() {
    return prefix.text() + "/" + method + path;
  }
}
