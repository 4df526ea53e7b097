package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/**
 * Whether other permissions apply wherever one does. Exact in paths, methods, stages, claims in
 * paths and validity, also where several others share the work; careful in conditions ({@link
 * Implied}): one of the others has to hold by itself.
 *
 * <p>A claim stands for a value of its own, which nothing else names. That is the hardest case: who
 * covers such a segment has a variable or the same claim there, and then covers it for every value,
 * and also where the claim cannot be bound.
 */
final class Coverage {
  private final ApiPermissions all;

  Coverage(ApiPermissions all) {
    this.all = all;
  }

  /**
   * Those that together apply wherever the permission does; empty if there is something left.
   *
   * @param others that may be used; the permission itself is never
   */
  Optional<BitSet> of(int number, BitSet others) {
    BitSet needed = all.cover(number).surely();
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    var used = new BitSet();
    for (String stage : all.stages(all.at(number).stage())) {
      var usable = new BitSet();
      usable.or(others);
      usable.and(all.on(stage));
      usable.clear(number);
      if (!covered(number, needed, all.window(number), usable, used)) {
        return Optional.empty();
      }
    }
    return Optional.of(used);
  }

  private boolean covered(int number, BitSet needed, Window window, BitSet usable, BitSet used) {
    var left = new BitSet();
    left.or(needed);
    for (int sample = left.nextSetBit(0); sample >= 0; sample = left.nextSetBit(sample)) {
      int best = best(number, sample, window, usable);
      if (best < 0) {
        Optional<Instant> cut = cut(number, sample, window, usable);
        return cut.isPresent()
            && covered(number, left, window.until(cut.get()), usable, used)
            && covered(number, left, window.startingAt(cut.get()), usable, used);
      }
      used.set(best);
      left.andNot(all.cover(best).surely());
    }
    return true;
  }

  /** The widest that applies to the sample all the time, so that few are named; -1 if none does. */
  private int best(int number, int sample, Window window, BitSet usable) {
    int best = -1;
    int widest = -1;
    BitSet covering = all.surelyCovering(sample);
    for (int other = covering.nextSetBit(0); other >= 0; other = covering.nextSetBit(other + 1)) {
      int width = all.width(other);
      if (width > widest
          && usable.get(other)
          && all.window(other).contains(window)
          && holds(number, other)) {
        best = other;
        widest = width;
      }
    }
    return best;
  }

  private Optional<Instant> cut(int number, int sample, Window window, BitSet usable) {
    BitSet covering = all.surelyCovering(sample);
    for (int other = covering.nextSetBit(0); other >= 0; other = covering.nextSetBit(other + 1)) {
      if (usable.get(other) && holds(number, other)) {
        Optional<Instant> cut = window.cut(all.window(other));
        if (cut.isPresent()) {
          return cut;
        }
      }
    }
    return Optional.empty();
  }

  private boolean holds(int number, int other) {
    Permission one = all.at(number);
    return Implied.by(one, all.at(other));
  }
}
