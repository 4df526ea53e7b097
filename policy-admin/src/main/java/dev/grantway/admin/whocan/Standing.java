package dev.grantway.admin.whocan;

import dev.grantway.analysis.Grant;

/**
 * What somebody who holds certain roles may do at one place, at one time.
 *
 * @param conditional only for some requests or callers: a condition, a literal or claim inside a
 *     variable
 */
public record Standing(Kind kind, boolean conditional) {

  /** How it comes out. */
  public enum Kind {
    ALLOWED,
    DENIED,
    /** Allowed at another time: what would allow it has ended, or has not begun. */
    NOT_NOW,
    /** Nothing says anything: denied by default. */
    NONE
  }

  static final Standing NOT_NOW = new Standing(Kind.NOT_NOW, false);

  /**
   * What two grants of the same place make of it.
   *
   * @param now by the permissions that count at the time
   * @param ever by those of any time
   */
  static Standing of(Grant now, Grant ever) {
    return switch (now.access()) {
      case ALLOWED -> new Standing(Kind.ALLOWED, now.conditional());
      case DENIED -> new Standing(Kind.DENIED, now.conditional());
      case NONE -> ever.isAllowed() ? NOT_NOW : new Standing(Kind.NONE, false);
    };
  }

  public boolean isAllowed() {
    return kind == Kind.ALLOWED;
  }
}
