package dev.grantway.imports;

import dev.grantway.policyfile.Position;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an import does to one thing.
 *
 * @param name as people know it: {@code GET /orders/{id}}, or a permission's id
 * @param atOrNull where the file says so; null for what it lacks
 * @param note what else is to be known, or empty
 */
public record ImportRow(
    What what, Outcome outcome, String name, @Nullable Position atOrNull, String note) {

  /** What kind of thing it is. */
  public enum What {
    API,
    ROUTE,
    ROLE,
    PERMISSION,
    ASSIGNMENT,
    RULE,
    MEMBERSHIP;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of it. */
  public enum Outcome {
    NEW,
    CHANGED,
    /** A route is kept in that state; anything else is taken away. */
    GONE,
    UNCHANGED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Optional<Position> at() {
    return Optional.ofNullable(atOrNull);
  }
}
