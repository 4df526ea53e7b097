package dev.grantway.authorizer.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as it was written: numbers keep their text, nothing is coerced. No {@code toString}
 * shows a value, because claims travel in these (TOKENS: claim values never appear in logs).
 */
public sealed interface Json {

  /** An object; members in the order written. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      if (!(members instanceof FewMembers)) {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
      }
    }

    /** The member, also when it is JSON null: null is never absent (TOKENS step 9). */
    public Optional<Json> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The member if it is a string. */
    public Optional<String> text(String name) {
      return members.get(name) instanceof Text(var value) ? Optional.of(value) : Optional.empty();
    }

    /** The member if it is an object. */
    public Optional<Obj> object(String name) {
      return members.get(name) instanceof Obj object ? Optional.of(object) : Optional.empty();
    }

    @Override
    public String toString() {
      return "object of " + members.size();
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "array of " + items.size();
    }
  }

  /** A string. */
  record Text(String value) implements Json {
    @Override
    public String toString() {
      return "text of " + value.length();
    }
  }

  /** A number, by its text. */
  record Num(String text) implements Json {
    private static final int LARGEST_SCALE = 40;

    /** The exact value; empty where its exponent is out of any reasonable range. */
    public Optional<BigDecimal> exact() {
      try {
        var value = new BigDecimal(text);
        return Math.abs(value.scale()) <= LARGEST_SCALE ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return "number";
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return "boolean";
    }
  }

  /** {@code null}. */
  record Null() implements Json {}
}
