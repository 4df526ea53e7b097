package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One JSON object of settings: every key typed, unknown ones refused with the nearest known. */
final class SettingsObject {
  private final String where;
  private final Json.Obj object;
  private final Problems problems;

  SettingsObject(String where, Json.Obj object, Problems problems) {
    this.where = where;
    this.object = object;
    this.problems = problems;
  }

  void allowOnly(Set<String> known) {
    object.members().keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(
            key -> problems.add(where, "unknown key `" + key + "`" + NearestName.hint(key, known)));
  }

  boolean has(String key) {
    return object.get(key).isPresent();
  }

  void problem(String key, String problem) {
    problems.add(where + "." + key, problem);
  }

  <T> T reading(String key, T placeholder, Supplier<T> reading) {
    return problems.reading(where + "." + key, placeholder, reading);
  }

  /** A string that must be there. */
  String required(String key) {
    if (!has(key)) {
      problem(key, "is missing");
    }
    return text(key).orElse("");
  }

  Optional<String> text(String key) {
    if (has(key) && object.text(key).isEmpty()) {
      problem(key, "needs a string");
    }
    return object.text(key);
  }

  boolean flag(String key) {
    if (!has(key)) {
      return false;
    }
    if (object.get(key).get() instanceof Json.Bool(var value)) {
      return value;
    }
    problem(key, "needs true or false");
    return false;
  }

  /** The object as it stands. */
  Json.Obj effective() {
    return object;
  }

  boolean isArray(String key) {
    return object.get(key).orElse(new Json.Null()) instanceof Json.Arr;
  }

  /** A member that is an object; an empty one after noting that it is none. */
  SettingsObject object(String key) {
    if (object.object(key).isEmpty()) {
      problem(key, "needs an object");
    }
    var member = object.object(key).orElseGet(() -> new Json.Obj(Map.of()));
    return new SettingsObject(where + "." + key, member, problems);
  }

  /** An array of strings, or one string; empty where there is none. */
  List<String> texts(String key) {
    return switch (object.get(key).orElseGet(() -> new Json.Arr(List.of()))) {
      case Json.Text(var one) -> List.of(one);
      case Json.Arr(var items) when items.stream().allMatch(Json.Text.class::isInstance) ->
          items.stream().map(item -> ((Json.Text) item).value()).toList();
      case Json.Arr _, Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> {
        problem(key, "needs an array of strings");
        yield List.of();
      }
    };
  }

  List<JsonPointer> pointers(String key) {
    return texts(key).stream().flatMap(text -> pointer(key, text).stream()).toList();
  }

  Optional<JsonPointer> pointer(String key, String text) {
    return reading(key, Optional.empty(), () -> Optional.of(new JsonPointer(text)));
  }

  /** The members of an object. */
  Map<String, Json> map(String key) {
    if (has(key) && object.object(key).isEmpty()) {
      problem(key, "needs an object");
    }
    return object.object(key).map(Json.Obj::members).orElse(Map.of());
  }

  /** The members of an object of strings. */
  Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(key)
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Text(var text)) {
                texts.put(name, text);
              } else {
                problem(key, "`" + name + "` needs a string");
              }
            });
    return texts;
  }

  Optional<Json> value(String key) {
    return object.get(key);
  }
}
