package dev.grantway.wiring;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a REST API answers where it answers by itself.
 *
 * @param type in API Gateway's words, such as {@code ACCESS_DENIED}
 * @param status three digits; empty: that of what happened, as {@code DEFAULT_4XX} may have it
 * @param parameters by {@code gatewayresponse.header.NAME}: a text in apostrophes, or what the
 *     value is taken from, such as {@code context.authorizer.document}
 * @param templates of bodies, by media type
 * @param own whether somebody set it; else it is API Gateway's
 */
public record GatewayResponse(
    String type,
    String status,
    SortedMap<String, String> parameters,
    SortedMap<String, String> templates,
    boolean own) {
  public GatewayResponse {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
  }

  /** From maps in any order. */
  public static GatewayResponse of(
      String type,
      String status,
      Map<String, String> parameters,
      Map<String, String> templates,
      boolean own) {
    return new GatewayResponse(
        type, status, new TreeMap<>(parameters), new TreeMap<>(templates), own);
  }

  /** In one line: status, headers and bodies. */
  String text() {
    var text = new StringBuilder(status);
    parameters.forEach((name, value) -> text.append("; ").append(name).append(": ").append(value));
    templates.forEach((type, body) -> text.append("; ").append(type).append(": ").append(body));
    return text.toString();
  }
}
