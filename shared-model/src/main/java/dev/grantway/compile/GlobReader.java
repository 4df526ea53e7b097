package dev.grantway.compile;

import dev.grantway.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rest of an ARN, character by character, against every glob of the statements that are
 * in force, all at once: where each of them can have come. It shares no code with {@link
 * IamEvaluator}, to whose verdicts it must come.
 */
final class GlobReader {
  /** Globs hold no character beyond; others match only wildcards. */
  private static final int OTHER = 128;

  private final List<InForce> statements = new ArrayList<>();
  private final int words;
  private final long[] initial;
  private final long[] stars;
  private final long[][] steps = new long[OTHER + 1][];
  private final @Nullable String[] literals;
  private final boolean[] foldedLiterals;

  /** A statement's globs, each from the first place on that matters. */
  private record InForce(boolean allows, boolean negated, List<Glob> globs) {}

  /**
   * @param offset of the bit for its first place; the bit after its last character is that of
   *     having matched
   */
  private record Glob(String text, int offset) {
    int end() {
      return offset + text.length();
    }

    boolean takesAll(Places places) {
      return text.endsWith("*") && places.has(end() - 1);
    }

    boolean alive(Places places) {
      for (int bit = offset; bit <= end(); bit++) {
        if (places.has(bit)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The places reached: one bit for each place of each glob. */
  record Places(long[] bits) {
    boolean has(int bit) {
      return (bits[bit >> 6] >>> bit & 1) != 0;
    }

    int count() {
      int count = 0;
      for (long word : bits) {
        count += Long.bitCount(word);
      }
      return count;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Places(long[] theirs) && Arrays.equals(bits, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bits);
    }
  }

  /**
   * @param base what every text that is read stands behind
   */
  GlobReader(PolicyDocument document, IamContext context, String base) {
    var all = new ArrayList<Glob>();
    var reached = new ArrayList<BitSet>();
    int offset = 0;
    for (Statement statement : document.statements()) {
      if (!IamEvaluator.conditionsHold(statement, context)) {
        continue;
      }
      var globs = new ArrayList<Glob>();
      for (String resource : statement.resources()) {
        BitSet at = after(resource, base);
        if (!at.isEmpty()) {
          int first = at.nextSetBit(0);
          var glob = new Glob(resource.substring(first), offset);
          globs.add(glob);
          all.add(glob);
          reached.add(at.get(first, resource.length() + 1));
          offset += glob.text.length() + 1;
        }
      }
      statements.add(
          new InForce(statement.effect() == Effect.ALLOW, statement.notResources(), globs));
    }
    this.words = (offset + 63) / 64;
    this.initial = new long[words];
    this.stars = new long[words];
    this.literals = new String[offset];
    this.foldedLiterals = new boolean[offset];
    for (int c = 0; c <= OTHER; c++) {
      steps[c] = new long[words];
    }
    for (int i = 0; i < all.size(); i++) {
      prepare(all.get(i), reached.get(i));
    }
  }

  private void prepare(Glob glob, BitSet reached) {
    String text = glob.text;
    reached.stream().forEach(place -> set(initial, glob.offset + place));
    for (int i = 0; i < text.length(); i++) {
      int bit = glob.offset + i;
      char c = text.charAt(i);
      if (c == '*') {
        set(stars, bit);
      } else if (c == '?') {
        for (long[] step : steps) {
          set(step, bit);
        }
      } else if (c < OTHER) {
        set(steps[c], bit);
      }
      prepareLiteral(text, i, bit);
    }
  }

  /** The segment that begins behind a slash at that place, if it is a literal. */
  private void prepareLiteral(String text, int slash, int bit) {
    if (text.charAt(slash) != '/') {
      return;
    }
    int next = text.indexOf('/', slash + 1);
    String segment = text.substring(slash + 1, next < 0 ? text.length() : next);
    boolean folded = segment.endsWith("*") && !segment.endsWith("?*");
    String literal = folded ? segment.substring(0, segment.length() - 1) : segment;
    if (!literal.isEmpty() && literal.chars().noneMatch(c -> "*?;%".indexOf(c) >= 0)) {
      literals[bit] = literal;
      foldedLiterals[bit] = folded;
    }
  }

  private static void set(long[] bits, int bit) {
    bits[bit >> 6] |= 1L << bit;
  }

  /** The places of a glob that can be reached by reading a text. */
  private static BitSet after(String glob, String text) {
    var reached = new BitSet();
    int same = 0;
    int shorter = Math.min(glob.length(), text.length());
    while (same < shorter && glob.charAt(same) == text.charAt(same)) {
      same++;
    }
    if (same == glob.length() && same < text.length()
        || same < shorter && "*?".indexOf(glob.charAt(same)) < 0) {
      return reached;
    }
    reached.set(same);
    for (int t = same; t < text.length() && !reached.isEmpty(); t++) {
      var next = new BitSet();
      for (int g = reached.nextSetBit(0); g >= 0; g = reached.nextSetBit(g + 1)) {
        int at = g;
        while (at < glob.length() && glob.charAt(at) == '*') {
          next.set(at++);
        }
        if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(t))) {
          next.set(at + 1);
        }
      }
      reached = next;
    }
    return reached;
  }

  Places start() {
    return new Places(initial.clone());
  }

  Places read(Places from, String text) {
    long[] bits = from.bits.clone();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      read(bits, steps[c < OTHER ? c : OTHER]);
    }
    return new Places(bits);
  }

  /** A star stays where it is or is left without a character; anything else moves on by one. */
  private void read(long[] bits, long[] step) {
    skipStars(bits);
    long carry = 0;
    for (int w = 0; w < words; w++) {
      long moved = bits[w] & step[w];
      bits[w] = bits[w] & stars[w] | moved << 1 | carry;
      carry = moved >>> 63;
    }
  }

  private void skipStars(long[] bits) {
    boolean more = true;
    while (more) {
      more = false;
      long carry = 0;
      for (int w = 0; w < words; w++) {
        long at = bits[w] & stars[w];
        long with = bits[w] | at << 1 | carry;
        carry = at >>> 63;
        more |= with != bits[w];
        bits[w] = with;
      }
    }
  }

  /** What IAM makes of the text that ends here. */
  Verdict verdict(Places places) {
    long[] bits = places.bits.clone();
    skipStars(bits);
    var ended = new Places(bits);
    boolean allowed = false;
    for (InForce statement : statements) {
      boolean named = statement.globs.stream().anyMatch(glob -> ended.has(glob.end()));
      if (named != statement.negated) {
        if (!statement.allows) {
          return Verdict.EXPLICIT_DENY;
        }
        allowed = true;
      }
    }
    return allowed ? Verdict.ALLOW : Verdict.IMPLICIT_DENY;
  }

  /** False if nothing that begins so is allowed. */
  boolean mayBeAllowed(Places places) {
    boolean allowed = false;
    for (InForce statement : statements) {
      if (statement.allows) {
        allowed |= statement.negated || statement.globs.stream().anyMatch(g -> g.alive(places));
      } else if (!statement.negated
          && statement.globs.stream().anyMatch(glob -> glob.takesAll(places))) {
        return false;
      }
    }
    return allowed;
  }

  /**
   * The literal segments that globs have next; where one is folded ({@code lit*}), also one that
   * only begins so.
   */
  void addLiterals(Places places, Collection<String> to) {
    long[] bits = places.bits.clone();
    skipStars(bits);
    for (int w = 0; w < words; w++) {
      for (long left = bits[w]; left != 0; left &= left - 1) {
        int bit = (w << 6) + Long.numberOfTrailingZeros(left);
        String literal = bit < literals.length ? literals[bit] : null;
        if (literal != null) {
          to.add(literal);
          if (foldedLiterals[bit]) {
            to.add(literal + "|");
          }
        }
      }
    }
  }
}
