package dev.grantway.admin.roles;

import dev.grantway.admin.common.Sentence;
import java.util.List;
import java.util.Map;

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
}
