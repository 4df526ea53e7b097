package dev.grantway.admin.common;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What cannot be read of a form, said at each field; of a field the first problem counts. */
public final class FormProblems<F extends Enum<F>> {
  private final Map<F, List<Sentence>> byField;

  public FormProblems(Class<F> fields) {
    byField = new EnumMap<>(fields);
  }

  /** Notes a problem by its key in the bundle; answers with nothing, for whoever reads on. */
  public <T> Optional<T> refuse(F field, String key, Object... facts) {
    byField.putIfAbsent(field, List.of(Sentence.of(key, facts)));
    return Optional.empty();
  }

  /** Notes a problem that another reader found. */
  public void refuse(F field, Sentence why) {
    byField.putIfAbsent(field, List.of(why));
  }

  /** The same in the model's own words. */
  public <T> Optional<T> say(F field, String words) {
    byField.putIfAbsent(field, List.of(new Sentence.OfModel(words)));
    return Optional.empty();
  }

  /** What the model refuses is a problem of the field, in the model's words. */
  public <T> Optional<T> model(F field, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (IllegalArgumentException refused) {
      return say(field, String.valueOf(refused.getMessage()));
    }
  }

  /** An instant with a zone; none for an empty text, and none with a problem for another. */
  public Optional<Instant> instant(F field, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Optional<Instant> read = Instants.read(text);
    return read.isPresent() ? read : refuse(field, "problem.instant", text);
  }

  public boolean isEmpty() {
    return byField.isEmpty();
  }

  /** What was read, or every problem. */
  public <T> Reading<T, F> reading(Optional<T> value) {
    return isEmpty() && value.isPresent()
        ? new Reading.Read<>(value.get())
        : new Reading.Problems<>(byField);
  }
}
