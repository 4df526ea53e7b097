package dev.grantway.policyfile;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks a document against a JSON Schema (draft 2020-12), as far as the published one goes: a
 * keyword that it does not know is an error of the test.
 */
final class SchemaCheck {
  private final Node.Fields root;
  private final List<String> problems = new ArrayList<>();

  private SchemaCheck(Node.Fields root) {
    this.root = root;
  }

  /** What is wrong with the document; nothing if it is valid. */
  static List<String> problems(Node schema, Node document) {
    var check = new SchemaCheck((Node.Fields) schema);
    check.check((Node.Fields) schema, document, "$");
    return check.problems;
  }

  private boolean isValid(Node schema, Node value) {
    var trial = new SchemaCheck(root);
    trial.check((Node.Fields) schema, value, "");
    return trial.problems.isEmpty();
  }

  private void check(Node.Fields schema, Node value, String at) {
    for (Node.Field field : schema.fields()) {
      String keyword = field.key().value();
      boolean holds = holds(keyword, field.value(), schema, value, at);
      if (!holds) {
        problems.add(at + ": " + keyword);
      }
    }
  }

  private boolean holds(String keyword, Node argument, Node.Fields schema, Node value, String at) {
    return switch (keyword) {
      case "$schema", "$defs", "title", "description", "default" -> true;
      case "$ref" -> {
        check((Node.Fields) resolve(text(argument)), value, at);
        yield true;
      }
      case "type" ->
          argument instanceof Node.Items(var where, var types)
              ? types.stream().anyMatch(type -> isOf(text(type), value))
              : isOf(text(argument), value);
      case "const" -> same(argument, value);
      case "enum" -> items(argument).stream().anyMatch(one -> same(one, value));
      case "anyOf" -> items(argument).stream().anyMatch(one -> isValid(one, value));
      case "oneOf" -> items(argument).stream().filter(one -> isValid(one, value)).count() == 1;
      case "required" ->
          !(value instanceof Node.Fields)
              || items(argument).stream().allMatch(key -> field(value, text(key)).isPresent());
      case "properties", "patternProperties" -> {
        each(keyword, argument, value, at);
        yield true;
      }
      case "additionalProperties" -> additional(argument, schema, value, at);
      case "items" -> {
        if (value instanceof Node.Items(var where, var all)) {
          for (int i = 0; i < all.size(); i++) {
            check((Node.Fields) argument, all.get(i), at + "[" + i + "]");
          }
        }
        yield true;
      }
      case "minItems" ->
          !(value instanceof Node.Items all) || all.items().size() >= number(argument);
      case "maxItems" ->
          !(value instanceof Node.Items all) || all.items().size() <= number(argument);
      case "uniqueItems" ->
          !(value instanceof Node.Items all)
              || new HashSet<>(all.items().stream().map(SchemaCheck::text).toList()).size()
                  == all.items().size();
      case "minProperties" ->
          !(value instanceof Node.Fields all) || all.fields().size() >= number(argument);
      case "pattern" ->
          !isString(value) || Pattern.compile(text(argument)).matcher(text(value)).find();
      case "minLength" -> !isString(value) || text(value).length() >= number(argument);
      case "maxLength" -> !isString(value) || text(value).length() <= number(argument);
      case "minimum" -> !isNumber(value) || decimal(value).compareTo(decimal(argument)) >= 0;
      case "maximum" -> !isNumber(value) || decimal(value).compareTo(decimal(argument)) <= 0;
      case "format" -> !isString(value) || isInstant(text(value));
      default -> throw new AssertionError("keyword `" + keyword + "` is not known to the test");
    };
  }

  private void each(String keyword, Node argument, Node value, String at) {
    if (!(value instanceof Node.Fields given)) {
      return;
    }
    for (Node.Field property : ((Node.Fields) argument).fields()) {
      for (Node.Field field : given.fields()) {
        if (isNamed(keyword, property, field)) {
          check((Node.Fields) property.value(), field.value(), at + "." + field.key().value());
        }
      }
    }
  }

  private static boolean isNamed(String keyword, Node.Field property, Node.Field field) {
    String name = property.key().value();
    return keyword.equals("properties")
        ? name.equals(field.key().value())
        : Pattern.compile(name).matcher(field.key().value()).find();
  }

  private boolean additional(Node argument, Node.Fields schema, Node value, String at) {
    if (!(value instanceof Node.Fields given)) {
      return true;
    }
    for (Node.Field field : given.fields()) {
      boolean named =
          List.of("properties", "patternProperties").stream()
              .anyMatch(
                  keyword ->
                      field(schema, keyword).stream()
                          .flatMap(all -> ((Node.Fields) all).fields().stream())
                          .anyMatch(property -> isNamed(keyword, property, field)));
      if (named) {
        continue;
      }
      if (!(argument instanceof Node.Fields of)) {
        return false;
      }
      check(of, field.value(), at + "." + field.key().value());
    }
    return true;
  }

  private Node resolve(String reference) {
    Node node = root;
    for (String part : reference.substring("#/".length()).split("/", -1)) {
      node = field(node, part).orElseThrow(() -> new AssertionError("no " + reference));
    }
    return node;
  }

  private static boolean isOf(String type, Node value) {
    return switch (type) {
      case "object" -> value instanceof Node.Fields;
      case "array" -> value instanceof Node.Items;
      case "string" -> isString(value);
      case "boolean" -> value instanceof Node.Text text && text.isBoolean();
      case "integer" -> isNumber(value) && decimal(value).stripTrailingZeros().scale() <= 0;
      case "number" -> isNumber(value);
      default -> throw new AssertionError("type `" + type + "` is not known to the test");
    };
  }

  private static boolean isString(Node value) {
    return value instanceof Node.Text text
        && !text.isBoolean()
        && !text.isNumber()
        && !text.isNull();
  }

  private static boolean isNumber(Node value) {
    return value instanceof Node.Text text && text.isNumber();
  }

  private static boolean same(Node one, Node other) {
    return one instanceof Node.Text a
        && other instanceof Node.Text b
        && a.value().equals(b.value())
        && isNumber(a) == isNumber(b);
  }

  private static boolean isInstant(String text) {
    try {
      return OffsetDateTime.parse(text).getYear() > 0;
    } catch (DateTimeException notAnInstant) {
      return false;
    }
  }

  static Optional<Node> field(Node node, String key) {
    return ((Node.Fields) node)
        .fields().stream()
            .filter(field -> field.key().value().equals(key))
            .map(Node.Field::value)
            .findFirst();
  }

  private static String text(Node node) {
    return node instanceof Node.Text(var at, var value, var plain) ? value : node.toString();
  }

  private static List<Node> items(Node node) {
    return ((Node.Items) node).items();
  }

  private static int number(Node node) {
    return decimal(node).intValueExact();
  }

  private static BigDecimal decimal(Node node) {
    return new BigDecimal(text(node));
  }

  /** The document as JSON. */
  static String json(Node node) {
    return switch (node) {
      case Node.Text text ->
          text.isNumber() || text.isBoolean() ? text.value() : quoted(text.value());
      case Node.Items(var at, var items) ->
          items.stream().map(SchemaCheck::json).toList().toString();
      case Node.Fields(var at, var fields) -> {
        Map<String, String> members = new TreeMap<>();
        fields.forEach(field -> members.put(quoted(field.key().value()), json(field.value())));
        yield "{"
            + String.join(
                ", ",
                members.entrySet().stream().map(it -> it.getKey() + ": " + it.getValue()).toList())
            + "}";
      }
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
