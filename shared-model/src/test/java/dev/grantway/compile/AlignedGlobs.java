package dev.grantway.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The exhaustive search of COMP-02: whether any Allow and Deny sets of aligned globs are exact.
 *
 * <p>Why it is complete. Routing and deciding ask of a segment only whether it is one of the
 * literals that templates and patterns hold, here {@code a} and {@code b}. A document is finite, so
 * some value occurs neither in it nor in a literal; {@code n} stands for that value.
 *
 * <ol>
 *   <li>If an exact document exists, then one with no other literals than {@code a} and {@code b}
 *       does: its globs that hold another literal match no path over {@code a}, {@code b}, {@code
 *       n}; without them it is still exact on those. And a document with these literals only cannot
 *       tell other values from {@code n}, nor can decisions: it is exact everywhere. So paths over
 *       three values and globs over two literals and {@code ?*} are enough.
 *   <li>Of all globs that match a path, the one that has {@code ?*} for each {@code n} and the
 *       path's own literals matches the fewest paths. A Deny may stand if it matches no allowed
 *       path; an Allow may stand if every denied, routable path that it matches is matched by some
 *       Deny that may stand. Taking all globs that may stand is best: more Denies hurt nobody and
 *       help every Allow. So an exact document exists iff each allowed path is matched by an Allow
 *       that may stand. Twins as {@code …/a*} match more paths than {@code …/a} and change nothing.
 *   <li>What keeps a document from being exact is then a chain: an allowed path {@code s}, a denied
 *       one {@code t} and an allowed one {@code u}, each made from the one before by writing one or
 *       more segments for each {@code n}. Templates and patterns here have at most three segments,
 *       with a greedy tail from the third at the latest: from four segments on, a path is decided
 *       by its first two. If {@code s} is longer than four, drop a segment of it from the fifth on,
 *       and what was written for it in {@code t} and {@code u}: nothing is decided otherwise. If
 *       {@code t} is longer than five, some {@code n} of {@code s} became two or more segments of
 *       which one is at the third place or later (were there none, only the first place could have
 *       grown, by one); drop it, and its part of {@code u}. So {@code s} of four, {@code t} of
 *       five, and by the same step {@code u} of six segments are enough, and so are globs of six.
 * </ol>
 */
final class AlignedGlobs {
  static final int LONGEST = 6;
  static final PathSpace PATHS = new PathSpace(words("n", LONGEST));

  private static final List<String> GLOBS = words("?*", LONGEST);
  private static final List<BitSet> MATCHED = GLOBS.stream().map(PATHS::matching).toList();

  private AlignedGlobs() {}

  private static List<String> words(String third, int longest) {
    var words = new ArrayList<>(List.of("/"));
    List<String> level = List.of("");
    for (int length = 1; length <= longest; length++) {
      var next = new ArrayList<String>();
      for (String word : level) {
        for (String segment : List.of("a", "b", third)) {
          next.add(word + "/" + segment);
        }
      }
      words.addAll(next);
      level = next;
    }
    return words;
  }

  /** The verdict, and the globs that may stand. */
  record Search(boolean exact, List<String> allow, List<String> deny) {}

  /** Tries every glob; {@code denied} are the routable paths that are not allowed. */
  static Search search(BitSet allowed, BitSet denied) {
    var deny = new ArrayList<String>();
    var open = (BitSet) denied.clone();
    for (int g = 0; g < GLOBS.size(); g++) {
      BitSet matched = MATCHED.get(g);
      if (!matched.intersects(allowed)) {
        deny.add(GLOBS.get(g));
        open.andNot(matched);
      }
    }
    var allow = new ArrayList<String>();
    var left = (BitSet) allowed.clone();
    for (int g = 0; g < GLOBS.size(); g++) {
      BitSet matched = MATCHED.get(g);
      if (!matched.intersects(open)) {
        allow.add(GLOBS.get(g));
        left.andNot(matched);
      }
    }
    return new Search(left.isEmpty(), allow, deny);
  }

  /**
   * The most that a document may lose where it is not exact (COMP-03): allowed paths that the
   * smallest Deny of some denied path takes, where an Allow reaches that one. The glob of a path
   * has its number.
   */
  static BitSet loss(BitSet allowed, BitSet denied) {
    BitSet loss = new BitSet();
    BitSet reached = union(allowed);
    reached.and(denied);
    loss.or(union(reached));
    loss.and(allowed);
    return loss;
  }

  private static BitSet union(BitSet paths) {
    var union = new BitSet();
    paths.stream().forEach(number -> union.or(MATCHED.get(number)));
    return union;
  }
}
