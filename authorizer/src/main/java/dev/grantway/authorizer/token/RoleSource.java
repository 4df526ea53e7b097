package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
  Stream<String> names(Json.Obj claims) {
    return path.find(claims).stream().flatMap(this::raw).map(name -> prefix + name);
  }

  private Stream<String> raw(Json value) {
    return switch (form) {
      case Form.Names() -> texts(value);
      case Form.Separated(var separator) ->
          value instanceof Json.Text(var text) ? split(text, separator) : texts(value);
      case Form.Items(var member) -> items(value).flatMap(item -> member(item, member));
      case Form.Keys() ->
          value instanceof Json.Obj(var members) ? members.keySet().stream() : Stream.of();
    };
  }

  private static Stream<String> member(Json item, String member) {
    return item instanceof Json.Obj object ? object.text(member).stream() : Stream.of();
  }

  /** A string, or the strings of an array. */
  static Stream<String> texts(Json value) {
    var candidates = value instanceof Json.Text ? Stream.of(value) : items(value);
    return candidates
        .filter(Json.Text.class::isInstance)
        .map(Json.Text.class::cast)
        .map(Json.Text::value);
  }

  static Optional<String> single(Json value) {
    return value instanceof Json.Text(var text) ? Optional.of(text) : Optional.empty();
  }

  static Stream<String> split(String text, String separator) {
    return Stream.of(text.split(Pattern.quote(separator))).filter(part -> !part.isEmpty());
  }

  private static Stream<Json> items(Json value) {
    return value instanceof Json.Arr(var items) ? items.stream() : Stream.of();
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
