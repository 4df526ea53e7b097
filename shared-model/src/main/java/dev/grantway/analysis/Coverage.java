package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

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
  Optional<BitSet> of(int number, IntPredicate others) {
    BitSet needed = all.cover(number).surely();
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    var used = new BitSet();
    for (String stage : all.stages(all.at(number).stage())) {
      BitSet on = all.on(stage);
      IntPredicate usable =
          other -> other != number && on.get(other) && others.test(other) && holds(number, other);
      if (!covered(needed, all.window(number), usable, used)) {
        return Optional.empty();
      }
    }
    return Optional.of(used);
  }

  private boolean covered(BitSet needed, Window window, IntPredicate usable, BitSet used) {
    // Most are covered by nothing: that shows at the first sample, before anything is copied.
    int first = needed.nextSetBit(0);
    if (all.surelyCovering(first).noneMatch(usable)) {
      return false;
    }
    var left = (BitSet) needed.clone();
    for (int sample = first; sample >= 0; sample = left.nextSetBit(sample)) {
      int best = best(sample, window, usable);
      if (best < 0) {
        Optional<Instant> cut = cut(sample, window, usable);
        return cut.isPresent()
            && covered(left, window.until(cut.get()), usable, used)
            && covered(left, window.startingAt(cut.get()), usable, used);
      }
      used.set(best);
      left.andNot(all.cover(best).surely());
    }
    return true;
  }

  /** The widest that applies to the sample all the time, so that few are named; -1 if none does. */
  private int best(int sample, Window window, IntPredicate usable) {
    return all.surelyCovering(sample)
        .filter(other -> all.window(other).contains(window))
        .filter(usable)
        .reduce(-1, (best, other) -> best < 0 || all.width(other) > all.width(best) ? other : best);
  }

  private Optional<Instant> cut(int sample, Window window, IntPredicate usable) {
    return all.surelyCovering(sample)
        .filter(usable)
        .mapToObj(other -> window.cut(all.window(other)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private boolean holds(int number, int other) {
    Permission one = all.at(number);
    return Implied.by(one, all.at(other));
  }
}
