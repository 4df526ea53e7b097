package dev.grantway.review;

import dev.grantway.policy.RoleName;
import dev.grantway.revision.PolicyRow;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One permission of a role, or one assignment, as it was when the campaign was created.
 *
 * @param number from 1
 * @param row a permission or an assignment
 * @param since the revision that last changed it
 * @param grantedBy who published that revision and whose edits were in it, as far as that is known
 * @param routes how many methods of routes it covers; of an assignment 0
 * @param barred the reviewers who may not answer it, and why
 */
public record ReviewLine(
    int number,
    PolicyRow row,
    long since,
    SortedSet<String> grantedBy,
    @Nullable Instant grantedAtOrNull,
    int routes,
    LastUse use,
    SortedSet<Flag> flags,
    SortedMap<String, Barred> barred) {

  public ReviewLine {
    if (!(row instanceof PolicyRow.OfPermission || row instanceof PolicyRow.OfAssignment)) {
      throw new IllegalArgumentException("`" + row.key().text() + "` is not reviewed");
    }
    grantedBy = Collections.unmodifiableSortedSet(new TreeSet<>(grantedBy));
    flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
    barred = Collections.unmodifiableSortedMap(new TreeMap<>(barred));
  }

  public Optional<Instant> grantedAt() {
    return Optional.ofNullable(grantedAtOrNull);
  }

  /** The role that has the permission, or is given. */
  public RoleName role() {
    return row instanceof PolicyRow.OfPermission(var permission)
        ? permission.role()
        : ((PolicyRow.OfAssignment) row).assignment().role();
  }

  /** Whether it is kept for a reason only. */
  public boolean isFlagged() {
    return flags.stream().anyMatch(Flag::needsReason);
  }

  /** Why somebody may not answer it, if so. */
  public Optional<Barred> bars(String reviewer) {
    return Optional.ofNullable(barred.get(reviewer));
  }

  /** Whether some of these reviewers may answer it. */
  public boolean isCovered(SortedSet<String> reviewers) {
    return reviewers.stream().anyMatch(reviewer -> !barred.containsKey(reviewer));
  }

  /** What it becomes where nobody answers: a default takes no denial away, which would widen. */
  public Answer otherwise(Answer standard) {
    return flags.contains(Flag.DENIAL) ? Answer.KEEP : standard;
  }
}
