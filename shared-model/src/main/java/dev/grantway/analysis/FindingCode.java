package dev.grantway.analysis;

import java.util.Locale;

/**
 * The stable codes of what analysis finds in policy data; scripts and waivers may rely on them.
 * {@code docs/findings.md} says of each what it means for access, and the remedy.
 */
public enum FindingCode implements Code {
  /** The permission covers no request that a route of the table receives. */
  UNREACHABLE,
  /** The permission's validity is over. */
  EXPIRED,
  /** An ALLOW that DENYs of the same role or of roles it inherits always override. */
  CONTRADICTORY,
  /** An ALLOW that never decides, because DENYs that everybody has override it too. */
  SHADOWED,
  /** Removing the permission changes no decision. */
  REDUNDANT,
  /** Fewer permissions give the same access. */
  COMPACT,
  /** The permissions of an API are too many and too fine to be compared. */
  NOT_COMPARED,
  /** What a list with {@code *} would have opened beyond the permissions. */
  BLEED_AVOIDED,
  /** No exact document exists for a cache key. */
  NOT_REPRESENTABLE,
  /** The exact document is bigger than the budget. */
  OVERSIZED,
  /** The document allows a path that no route of the table serves. */
  OPEN_BEYOND_TABLE,
  /** A permission decides a part of a route only, so that a simple answer would be no. */
  SIMPLE_NOT_EXACT,
  /** An invariant of the policy does not hold, or is not proved to. */
  BROKEN_INVARIANT;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
