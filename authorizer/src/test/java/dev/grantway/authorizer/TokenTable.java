package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables below {@code conformance}'s {@code tokens}, and what their words stand for. */
final class TokenTable {
  private TokenTable() {}

  /** The rows of a table, one for each value of those that have several. */
  static List<Json.Obj> rows(String name) {
    return items(name).stream().flatMap(TokenTable::expanded).toList();
  }

  static List<Json.Obj> items(String name) {
    var resource = "/dev/grantway/conformance/tokens/" + name;
    try (var in = Objects.requireNonNull(TokenTable.class.getResourceAsStream(resource))) {
      var table = (Json.Arr) JsonReader.read(in.readAllBytes(), JsonLimits.PLATFORM);
      return table.items().stream().map(Json.Obj.class::cast).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static Stream<Json.Obj> expanded(Json.Obj row) {
    var each = row.text("each");
    if (each.isEmpty()) {
      return Stream.of(row);
    }
    var values = ((Json.Arr) row.get("values").orElseThrow()).items();
    return values.stream()
        .map(
            value -> {
              Map<String, Json> members = new LinkedHashMap<>(row.members());
              members.put(each.get(), value);
              members.put("case", new Json.Text(name(row, value)));
              return new Json.Obj(members);
            });
  }

  private static String name(Json.Obj row, Json value) {
    var text = text(value);
    return row.text("case").orElseThrow() + ": " + text.substring(0, Math.min(60, text.length()));
  }

  /** The object with members replaced, and without those that are dropped or set to null. */
  static Json.Obj changed(Json.Obj object, Optional<Json.Obj> set, Optional<Json> drop) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    set.ifPresent(changes -> members.putAll(changes.members()));
    drop.ifPresent(
        names ->
            ((Json.Arr) names).items().forEach(name -> members.remove(((Json.Text) name).value())));
    return new Json.Obj(members);
  }

  /** JSON text of a value, its placeholders filled in. */
  static String text(Json value) {
    return switch (value) {
      case Json.Text(var text) -> generated(text).orElseGet(() -> quoted(filled(text)));
      case Json.Num(var number) -> number;
      case Json.Bool(var bool) -> String.valueOf(bool);
      case Json.Null() -> "null";
      case Json.Arr(var items) ->
          items.stream().map(TokenTable::text).collect(Collectors.joining(",", "[", "]"));
      case Json.Obj(var members) ->
          members.entrySet().stream()
              .map(member -> quoted(member.getKey()) + ":" + text(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  /** A string that stands for a whole value. */
  private static Optional<String> generated(String text) {
    return switch (text) {
      case "{roles200}" -> Optional.of(list(200, i -> "\"r" + i + "\""));
      case "{roles201}" -> Optional.of(list(201, i -> "\"r" + i + "\""));
      default -> Optional.empty();
    };
  }

  private static String list(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
  }

  /** Placeholders that do not depend on a token. */
  static String filled(String text) {
    return text.replace("{s256}", "s".repeat(256))
        .replace("{s257}", "s".repeat(257))
        .replace("{s2100}", "s".repeat(2_100))
        .replace("{long}", "A".repeat(9_000))
        .replace("{long8188}", "A".repeat(8_188))
        .replace("{long8189}", "A".repeat(8_189))
        .replace("{long5000}", "A".repeat(5_000))
        .replace("{deep17}", "[".repeat(17) + "]".repeat(17))
        .replace("{digits33}", "1".repeat(33))
        .replace("{digits2000}", "1".repeat(2_000))
        .replace(
            "{members201}", list(201, i -> "\"a" + i + "\":0").replace('[', '{').replace(']', '}'))
        .replace("{elements1001}", list(1_001, _ -> "0"));
  }
}
