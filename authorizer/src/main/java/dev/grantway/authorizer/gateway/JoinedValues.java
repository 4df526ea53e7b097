package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers and query of an HTTP API's payload 2.0, for conditions. It joins the values of one name
 * by commas, so that a caller could hide a value behind another: what is joined counts whole and
 * piece by piece.
 */
final class JoinedValues {
  private JoinedValues() {}

  /** By lower-case name; {@code cookie} is put together from {@code cookies}. */
  static Map<String, List<String>> headers(Json.Obj event) {
    Map<String, List<String>> headers = new TreeMap<>();
    event
        .object("headers")
        .ifPresent(
            map ->
                map.members()
                    .forEach((name, value) -> add(headers, name.toLowerCase(Locale.ROOT), value)));
    if (event.get("cookies").orElse(new Json.Null()) instanceof Json.Arr(var items)) {
      var cookies = items.stream().filter(Json.Text.class::isInstance).map(Json.Text.class::cast);
      var joined = String.join("; ", cookies.map(Json.Text::value).toList());
      if (!joined.isEmpty()) {
        headers.computeIfAbsent("cookie", _ -> new ArrayList<>()).add(joined);
      }
    }
    return headers;
  }

  /** As the query string has them, and as the gateway joined them. */
  static Map<String, List<String>> query(Json.Obj event) {
    Map<String, List<String>> query = new TreeMap<>();
    event
        .object("queryStringParameters")
        .ifPresent(map -> map.members().forEach((name, value) -> add(query, name, value)));
    for (String pair : event.text("rawQueryString").orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        query
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static void add(Map<String, List<String>> values, String name, Json value) {
    if (value instanceof Json.Text(var text)) {
      var all = values.computeIfAbsent(name, _ -> new ArrayList<>());
      all.add(text);
      if (text.indexOf(',') >= 0) {
        for (String piece : text.split(",", -1)) {
          all.add(piece.strip());
        }
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEncoding) {
      return text;
    }
  }
}
