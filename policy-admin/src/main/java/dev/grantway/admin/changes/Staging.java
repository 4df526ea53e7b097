package dev.grantway.admin.changes;

import dev.grantway.revision.Change;
import java.util.Locale;
import java.util.Optional;

/** What the draft does to a row. */
public enum Staging {
  NONE,
  ADDED,
  CHANGED,
  REMOVED;

  /** By what stands before and after; nothing where the draft holds no change of the row. */
  public static Staging of(Optional<Change> change) {
    return change.map(Staging::of).orElse(NONE);
  }

  private static Staging of(Change change) {
    return change.beforeOrNull() == null ? ADDED : change.afterOrNull() == null ? REMOVED : CHANGED;
  }

  /** Its text's key in the bundle. */
  public String key() {
    return "staging." + name().toLowerCase(Locale.ROOT);
  }
}
