package dev.grantway.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is live, as of when it was read.
 *
 * @param revision the number of the live revision; 0 before the first
 * @param hash of that revision's record; two heads are the same iff their hashes are (a restored
 *     table re-uses numbers)
 * @param at when that revision was published
 * @param gaps numbers that never committed and whose leftovers may still exist
 * @param floor the oldest revision that can still be asked for
 * @param epoch of the last revocation
 */
public record Head(
    long revision,
    String hash,
    Instant at,
    SortedSet<Long> gaps,
    long floor,
    Touched touched,
    long epoch) {

  public Head {
    gaps = Collections.unmodifiableSortedSet(new TreeSet<>(gaps));
  }

  /** Visible at n: at most n and no gap. */
  public boolean isVisible(long number) {
    return number <= revision && !gaps.contains(number);
  }

  /**
   * True if a bundle read at an earlier revision is still right at this head. Ask only where this
   * head {@link #continues} the one it was read at.
   *
   * @param readAt the revision it was read at, not the bundle's own number
   */
  public boolean stillHolds(BundleKey key, long readAt) {
    return readAt <= revision && touched.last(key) <= readAt;
  }

  /**
   * False if this head went backwards or stands elsewhere under the same number: the table was
   * restored, and nothing read before may be used.
   */
  public boolean continues(Head earlier) {
    return revision == earlier.revision ? hash.equals(earlier.hash) : revision > earlier.revision;
  }

  /** The same bundles' view of an earlier revision; its hash, time and epoch are head's. */
  public Head asOf(long number) {
    return new Head(number, hash, at, gaps, floor, touched, epoch);
  }

  /** The numbers that a publish from here to s declares void: those between. */
  public Set<Long> between(long s) {
    var numbers = new TreeSet<Long>();
    for (long number = revision + 1; number < s; number++) {
      numbers.add(number);
    }
    return numbers;
  }
}
