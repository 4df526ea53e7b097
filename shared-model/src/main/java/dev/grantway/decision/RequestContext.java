package dev.grantway.decision;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What surrounds a request.
 *
 * @param sourceIp the caller's address as text, or empty when unknown
 * @param headers by name in lower case
 * @param query by name
 * @param now cut to whole seconds (SEM-06)
 */
public record RequestContext(
    String sourceIp,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    Instant now) {

  public RequestContext {
    headers = headers.isEmpty() ? Map.of() : lower(headers);
    query = Map.copyOf(query);
    now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Map<String, List<String>> lower(Map<String, List<String>> headers) {
    var lower = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    return Map.copyOf(lower);
  }

  public static RequestContext at(Instant now) {
    return new RequestContext("", Map.of(), Map.of(), now);
  }
}
