package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The header and query maps of a REST event, for conditions. Names are matched without case
 * (GATEWAY rule 14); nulls and empty lists never throw.
 */
final class Headers {
  private final Optional<Json.Obj> single;
  private final Optional<Json.Obj> multi;

  Headers(Json.Obj event) {
    single = event.object("headers");
    multi = event.object("multiValueHeaders");
  }

  /** All headers by lower-case name, for conditions. */
  Map<String, List<String>> byName() {
    return lists(multi.or(() -> single), true);
  }

  /** The query parameters by name, for conditions. */
  static Map<String, List<String>> query(Json.Obj event) {
    var multi = event.object("multiValueQueryStringParameters");
    return lists(multi.or(() -> event.object("queryStringParameters")), false);
  }

  private static Map<String, List<String>> lists(Optional<Json.Obj> map, boolean lower) {
    Map<String, List<String>> lists = new TreeMap<>();
    map.ifPresent(
        found ->
            found
                .members()
                .forEach(
                    (name, value) ->
                        lists
                            .computeIfAbsent(
                                lower ? name.toLowerCase(Locale.ROOT) : name,
                                _ -> new ArrayList<>())
                            .addAll(texts(Optional.of(value)))));
    lists.values().removeIf(List::isEmpty);
    return lists;
  }

  private static List<String> texts(Optional<Json> value) {
    var items =
        switch (value.orElse(new Json.Null())) {
          case Json.Arr(var list) -> list.stream();
          case Json other -> Stream.of(other);
        };
    return items
        .filter(Json.Text.class::isInstance)
        .map(item -> ((Json.Text) item).value())
        .toList();
  }
}
