package dev.grantway.admin.common;

import java.util.List;
import java.util.Locale;

/** Something for people to read, said by a service and put into a language where it is shown. */
public sealed interface Sentence {

  /** A text of the bundle, with facts in it. */
  record OfBundle(String key, List<Object> facts) implements Sentence {
    public OfBundle {
      facts = List.copyOf(facts);
    }
  }

  /** The model's own words, the same in policy files, on the command line and here. */
  record OfModel(String text) implements Sentence {}

  static Sentence of(String key, Object... facts) {
    return new OfBundle(key, List.of(facts));
  }

  default String in(Locale locale) {
    return switch (this) {
      case OfBundle(var key, var facts) -> Messages.text(key, locale, facts.toArray());
      case OfModel(var text) -> text;
    };
  }
}
