package dev.grantway.admin.matrix;

/**
 * What a role may do at one place, without the draft and with it.
 *
 * @param before at the draft's base
 * @param now with the draft
 */
public record MatrixCell(CellState before, CellState now) {

  /** What the draft does to a cell. */
  public enum Staging {
    NONE,
    /** Allowed where it was not, or no longer denied by name. */
    MORE,
    /** No longer allowed, or denied by name where it was not. */
    LESS,
    /** The same for other reasons or under other conditions. */
    OTHERWISE
  }

  public Staging staging() {
    if (before.equals(now)) {
      return Staging.NONE;
    }
    int more = rank(now) - rank(before);
    return more == 0 ? Staging.OTHERWISE : more > 0 ? Staging.MORE : Staging.LESS;
  }

  public boolean isStaged() {
    return staging() != Staging.NONE;
  }

  private static int rank(CellState state) {
    return switch (state.access()) {
      case DENIED -> 0;
      case NONE -> 1;
      case ALLOWED -> 2;
    };
  }
}
