package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One place in a token where role names stand.
 *
 * @param path where
 * @param form what stands there
 * @param prefix put before each name
 * @param failsOnOverage a token that says its groups are elsewhere is a 403, never a fetch
 */
public record RoleSource(JsonPointer path, Form form, String prefix, boolean failsOnOverage) {

  /** What stands at the path. */
  public sealed interface Form {
    /** A string, or an array of strings. */
    record Names() implements Form {}

    /** A string of names with this between them, or an array of strings. */
    record Separated(String separator) implements Form {}

    /** An array of objects; the name is this member of each. */
    record Items(String member) implements Form {}

    /** An object; its member names are the names. */
    record Keys() implements Form {}
  }

  /** The names with their prefix; what is no string is no name. */
  List<String> names(Json.Obj claims) {
    var found = path.find(claims);
    if (found.isEmpty()) {
      return List.of();
    }
    var raw = raw(found.get());
    return prefix.isEmpty() ? raw : raw.stream().map(name -> prefix + name).toList();
  }

  private List<String> raw(Json value) {
    return switch (form) {
      case Form.Names() -> texts(value);
      case Form.Separated(var separator) ->
          value instanceof Json.Text(var text) ? split(text, separator) : texts(value);
      case Form.Items(var member) ->
          items(value).stream().flatMap(item -> member(item, member)).toList();
      case Form.Keys() ->
          value instanceof Json.Obj(var members) ? List.copyOf(members.keySet()) : List.of();
    };
  }

  private static Stream<String> member(Json item, String member) {
    return item instanceof Json.Obj object ? object.text(member).stream() : Stream.of();
  }

  /** A string, or the strings of an array. */
  static List<String> texts(Json value) {
    if (value instanceof Json.Text(var text)) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    for (var item : items(value)) {
      if (item instanceof Json.Text(var text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  static Optional<String> single(Json value) {
    return value instanceof Json.Text(var text) ? Optional.of(text) : Optional.empty();
  }

  /** What stands between separators and is not empty. */
  static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(separator, from);
      int to = end < 0 ? text.length() : end;
      if (to > from) {
        parts.add(text.substring(from, to));
      }
      from = to + separator.length();
    }
    return parts;
  }

  private static List<Json> items(Json value) {
    return value instanceof Json.Arr(var items) ? items : List.of();
  }

  boolean overflowed(Json.Obj claims) {
    return failsOnOverage && Overage.of(path, claims);
  }

  static List<RoleSource> at(String... paths) {
    return Stream.of(paths)
        .map(path -> new RoleSource(new JsonPointer(path), new Form.Names(), "", false))
        .toList();
  }
}
