package dev.grantway.decision;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The value of a claim or another attribute, with its JSON type kept. */
public sealed interface ClaimValue {
  record Text(String value) implements ClaimValue {}

  record Number(BigDecimal value) implements ClaimValue {}

  record Bool(boolean value) implements ClaimValue {}

  record Items(List<ClaimValue> values) implements ClaimValue {
    public Items {
      values = List.copyOf(values);
    }

    /** A list of texts, such as scopes or the values of a header. */
    public static Items of(Iterable<String> texts) {
      var items = new ArrayList<ClaimValue>();
      texts.forEach(text -> items.add(new Text(text)));
      return new Items(items);
    }
  }

  /** JSON null or an object: present, and no operator but {@code Null} can evaluate it. */
  record Opaque() implements ClaimValue {}
}
