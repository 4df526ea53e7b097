package dev.grantway.authorizer.gateway;

import dev.grantway.resource.ArnText;
import java.util.Optional;

/**
 * The {@code methodArn} of an event (GATEWAY rule 1): paths may hold colons and anything else.
 *
 * @param prefix literal up to and including the stage: {@code arn:…:{api}/{stage}}
 * @param api the API's id
 * @param stage the stage; test calls bring odd ones, which are data
 * @param method the verb, or on WebSocket the route key
 * @param path concrete, with its leading slash; the root is {@code /}
 */
public record MethodArn(String prefix, String api, String stage, String method, String path) {
  private static final int ARN_PARTS = 6;
  private static final int RESOURCE_PARTS = 4;

  /** Reads an ARN of {@code execute-api}; empty where it is none. */
  static Optional<MethodArn> parse(String text) {
    var parts = text.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[0].equals("arn") || !parts[2].equals("execute-api")) {
      return Optional.empty();
    }
    var resource = parts[5].split("/", RESOURCE_PARTS);
    if (resource.length < 3 || !literal(parts, resource)) {
      return Optional.empty();
    }
    int pathStart =
        parts[5].length() - (resource.length == RESOURCE_PARTS ? resource[3].length() : 0);
    var path = resource.length == RESOURCE_PARTS ? parts[5].substring(pathStart) : "";
    var head = text.substring(0, text.length() - parts[5].length());
    var prefix = head + resource[0] + "/" + resource[1];
    return Optional.of(new MethodArn(prefix, resource[0], resource[1], resource[2], "/" + path));
  }

  /** Rule 2: what is copied into every emitted ARN must hold no wildcard. */
  private static boolean literal(String[] parts, String[] resource) {
    return ArnText.isSafe(parts[1])
        && (parts[3] + parts[4]).matches("[A-Za-z0-9-]*")
        && ArnText.isSafe(resource[0])
        && (ArnText.isSafe(resource[1]) || resource[1].equals("$default"))
        && !resource[2].isEmpty();
  }
}
