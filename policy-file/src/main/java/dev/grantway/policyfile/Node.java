package dev.grantway.policyfile;

import java.util.List;

/** A file as it was typed: texts, lists and mappings, each with its place. */
sealed interface Node {
  Position at();

  /** A scalar; {@code plain} ones stand without quotes and may be numbers, booleans or null. */
  record Text(Position at, String value, boolean plain) implements Node {
    boolean isNull() {
      return plain && (value.isEmpty() || value.equals("null"));
    }

    boolean isBoolean() {
      return plain && (value.equals("true") || value.equals("false"));
    }

    /** A number of JSON (RFC 8259 section 6). */
    boolean isNumber() {
      return plain && value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    }
  }

  record Items(Position at, List<Node> items) implements Node {}

  record Fields(Position at, List<Field> fields) implements Node {}

  record Field(Text key, Node value) {}

  default String kind() {
    return switch (this) {
      case Text text -> "a text";
      case Items items -> "a list";
      case Fields fields -> "a mapping";
    };
  }
}
