package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Header fields as events carry them: the spelling of the first field of a name, all values in
 * order. Names that differ only in case are one name (GATEWAY rule 14).
 */
record HeaderFields(Map<String, List<String>> values) {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

  static HeaderFields of(List<Header> headers) {
    var spelling = new LinkedHashMap<String, String>();
    var values = new LinkedHashMap<String, List<String>>();
    for (Header header : headers) {
      String key = header.name().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(key)) {
        String name = spelling.computeIfAbsent(key, first -> header.name());
        values.computeIfAbsent(name, first -> new ArrayList<>()).add(header.value());
      }
    }
    return new HeaderFields(values);
  }

  HeaderFields with(String name, String value) {
    var more = new LinkedHashMap<>(values);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, List.of(value));
    return new HeaderFields(more);
  }

  List<String> all(String name) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }

  /** As payload 2.0 has them: lower-case names, values joined by commas, no {@code cookie}. */
  Map<String, String> joined() {
    var joined = new LinkedHashMap<String, String>();
    values.forEach((name, all) -> joined.put(name.toLowerCase(Locale.ROOT), String.join(",", all)));
    joined.remove("cookie");
    return joined;
  }

  /** Each cookie, as payload 2.0 lists them. */
  List<String> cookies() {
    return all("Cookie").stream()
        .flatMap(value -> Stream.of(value.split(";")))
        .map(String::strip)
        .filter(cookie -> !cookie.isEmpty())
        .toList();
  }

  Optional<String> last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
