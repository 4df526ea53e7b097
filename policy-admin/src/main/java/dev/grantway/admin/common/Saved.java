package dev.grantway.admin.common;

import dev.grantway.admin.changes.Objection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What became of a form. */
public sealed interface Saved<F> {

  /** It is in the draft. */
  record Staged<F>(String name) implements Saved<F> {}

  /** The draft is as it was; each reason stands at its field. */
  record Refused<F>(Map<F, List<Sentence>> byField) implements Saved<F> {
    public Refused {
      byField = Map.copyOf(byField);
    }
  }

  /** Refused for one reason, by its key in the bundle. */
  static <F> Saved<F> refused(F field, String key, Object... facts) {
    return new Refused<>(Map.of(field, List.of(Sentence.of(key, facts))));
  }

  /**
   * What became of the form whose edit was staged.
   *
   * @param fieldOfCode at which field an objection is shown
   */
  static <F> Saved<F> of(
      String name, dev.grantway.admin.changes.Staged staged, Function<String, F> fieldOfCode) {
    return switch (staged) {
      case dev.grantway.admin.changes.Staged.Done _ -> new Staged<>(name);
      case dev.grantway.admin.changes.Staged.Refused(List<Objection> why) ->
          new Refused<>(
              why.stream()
                  .collect(
                      Collectors.groupingBy(
                          it -> fieldOfCode.apply(it.code()),
                          Collectors.mapping(Objection::says, Collectors.toList()))));
    };
  }
}
