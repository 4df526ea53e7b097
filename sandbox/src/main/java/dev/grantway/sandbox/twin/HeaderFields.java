package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Header fields as a REST API's event carries them: the spelling of the first field of a name, all
 * values in order. Names that differ only in case are one name (GATEWAY rule 14).
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

  Optional<String> last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
