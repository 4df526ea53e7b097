package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Rejection.NoCredential;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The two header maps of a REST event. Names are matched without case (GATEWAY rule 14); nulls and
 * empty lists never throw.
 */
final class Headers {
  private final Optional<Json.Obj> single;
  private final Optional<Json.Obj> multi;

  Headers(Json.Obj event) {
    single = event.object("headers");
    multi = event.object("multiValueHeaders");
  }

  /**
   * The value of the header that carries the token: one spelling in both maps together, one value,
   * the same in both. A map that is absent is no contradiction, one that lacks the header is.
   */
  Credential credential(String header) {
    Set<String> spellings = new LinkedHashSet<>();
    Stream.concat(single.stream(), multi.stream())
        .flatMap(map -> map.members().keySet().stream())
        .filter(header::equalsIgnoreCase)
        .forEach(spellings::add);
    return switch (spellings.size()) {
      case 0 -> new Credential.None(NoCredential.MISSING);
      case 1 -> credentialSpelled(spellings.iterator().next());
      default -> new Credential.None(NoCredential.SPELLED_TWICE);
    };
  }

  private Credential credentialSpelled(String name) {
    var one = single.map(map -> texts(map.get(name)));
    var many = multi.map(map -> texts(map.get(name)));
    var values = many.or(() -> one).orElse(List.of());
    if (values.size() > 1) {
      return new Credential.None(NoCredential.REPEATED);
    }
    if (one.isPresent() && !one.get().equals(values)) {
      return new Credential.None(NoCredential.CONTRADICTION);
    }
    return values.isEmpty()
        ? new Credential.None(NoCredential.MISSING)
        : new Credential.Presented(values.getFirst());
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
