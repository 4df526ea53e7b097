package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Rejection.NoCredential;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A name's one value in a pair of maps, of which one holds lists: one spelling in both together,
 * one value, the same in both. A map that is absent is no contradiction, one that lacks the name
 * is. Nulls and empty lists never throw.
 */
final class OneValue {
  private OneValue() {}

  static Credential in(
      Optional<Json.Obj> single, Optional<Json.Obj> multi, Predicate<String> named) {
    Set<String> spellings = new LinkedHashSet<>();
    single.ifPresent(map -> spell(map, named, spellings));
    multi.ifPresent(map -> spell(map, named, spellings));
    return switch (spellings.size()) {
      case 0 -> new Credential.None(NoCredential.MISSING);
      case 1 -> spelled(spellings.iterator().next(), single, multi);
      default -> new Credential.None(NoCredential.SPELLED_TWICE);
    };
  }

  private static void spell(Json.Obj map, Predicate<String> named, Set<String> spellings) {
    for (var name : map.members().keySet()) {
      if (named.test(name)) {
        spellings.add(name);
      }
    }
  }

  private static Credential spelled(
      String name, Optional<Json.Obj> single, Optional<Json.Obj> multi) {
    var one = single.map(map -> entries(map.get(name)));
    var many = multi.map(map -> entries(map.get(name)));
    var entries = many.or(() -> one).orElse(List.of());
    if (entries.size() > 1) {
      return new Credential.None(NoCredential.REPEATED);
    }
    if (one.isPresent() && !one.get().equals(entries)) {
      return new Credential.None(NoCredential.CONTRADICTION);
    }
    return !entries.isEmpty() && entries.getFirst() instanceof Json.Text(var value)
        ? new Credential.Presented(value)
        : new Credential.None(NoCredential.MISSING);
  }

  /** What is written there, an entry that is null counting as one. */
  private static List<Json> entries(Optional<Json> value) {
    return switch (value.orElse(new Json.Null())) {
      case Json.Null() -> List.of();
      case Json.Arr(var items) -> items;
      case Json.Text text -> List.of(text);
      case Json.Obj object -> List.of(object);
      case Json.Num number -> List.of(number);
      case Json.Bool bool -> List.of(bool);
    };
  }
}
