package dev.grantway.compile;

import dev.grantway.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
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
  private final long[] stars;
  private final long[] anyCharacter;
  private final long[][] characters = new long[OTHER][];
  private final long[] allowing;
  private final long[] denyingTheRest;
  private final boolean allowsUnnamed;
  private final @Nullable String[] literals;
  private final boolean[] foldedLiterals;
  private final Places start;
  private final Cursor cursor;

  /**
   * A statement in force.
   *
   * @param matched the places that say that one of its globs has matched
   */
  private record InForce(boolean allows, boolean negated, long[] matched) {}

  /**
   * A glob from the first place on that matters.
   *
   * @param offset of the bit for its first place; the bit after its last character is that of
   *     having matched
   */
  private record Glob(String text, int offset) {
    int end() {
      return offset + text.length();
    }
  }

  /**
   * The places reached: one bit for each place of each glob, without the words that hold none.
   *
   * @param at the number of each word, ascending
   */
  record Places(int[] at, long[] bits) {
    int count() {
      int count = 0;
      for (long word : bits) {
        count += Long.bitCount(word);
      }
      return count;
    }

    boolean intersects(long[] mask) {
      for (int i = 0; i < at.length; i++) {
        if ((bits[i] & mask[at[i]]) != 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Places(int[] theirAt, long[] theirs)
          && Arrays.equals(bits, theirs)
          && Arrays.equals(at, theirAt);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(at) + Arrays.hashCode(bits);
    }
  }

  /**
   * @param base what every text that is read stands behind
   */
  GlobReader(PolicyDocument document, IamContext context, String base) {
    var all = new ArrayList<Glob>();
    var reached = new ArrayList<BitSet>();
    var byStatement = new LinkedHashMap<Statement, List<Glob>>();
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
      byStatement.put(statement, globs);
    }
    this.words = (offset + 63) / 64;
    this.stars = new long[words];
    this.anyCharacter = new long[words];
    this.allowing = new long[words];
    this.denyingTheRest = new long[words];
    this.literals = new String[offset];
    this.foldedLiterals = new boolean[offset];
    this.cursor = new Cursor(words);
    var initial = new long[words];
    for (int i = 0; i < all.size(); i++) {
      Glob glob = all.get(i);
      reached.get(i).stream().forEach(place -> set(initial, glob.offset + place));
      prepare(glob);
    }
    byStatement.forEach(this::prepare);
    this.allowsUnnamed =
        byStatement.keySet().stream()
            .anyMatch(each -> each.effect() == Effect.ALLOW && each.notResources());
    cursor.set(initial);
    this.start = cursor.places();
  }

  private void prepare(Statement statement, List<Glob> globs) {
    boolean allows = statement.effect() == Effect.ALLOW;
    var matched = new long[words];
    for (Glob glob : globs) {
      set(matched, glob.end());
      if (allows && !statement.notResources()) {
        for (int bit = glob.offset; bit <= glob.end(); bit++) {
          set(allowing, bit);
        }
      } else if (!allows && !statement.notResources() && glob.text.endsWith("*")) {
        set(denyingTheRest, glob.end() - 1);
      }
    }
    statements.add(new InForce(allows, statement.notResources(), matched));
  }

  private void prepare(Glob glob) {
    String text = glob.text;
    for (int i = 0; i < text.length(); i++) {
      int bit = glob.offset + i;
      char c = text.charAt(i);
      if (c == '*') {
        set(stars, bit);
      } else if (c == '?') {
        set(anyCharacter, bit);
      } else if (c < OTHER) {
        if (characters[c] == null) {
          characters[c] = new long[words];
        }
        set(characters[c], bit);
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
    return start;
  }

  Places read(Places from, String text) {
    cursor.set(from);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      cursor.read(c < OTHER ? characters[c] : null);
    }
    return cursor.places();
  }

  /** The places that are reached from these without a character more. */
  private Places ended(Places places) {
    cursor.set(places);
    cursor.skipStars();
    return cursor.places();
  }

  /** What IAM makes of the text that ends here. */
  Verdict verdict(Places places) {
    Places ended = ended(places);
    boolean allowed = false;
    for (InForce statement : statements) {
      if (ended.intersects(statement.matched) != statement.negated) {
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
    return (allowsUnnamed || places.intersects(allowing)) && !places.intersects(denyingTheRest);
  }

  /**
   * The literal segments that globs have next; where one is folded ({@code lit*}), also one that
   * only begins so.
   */
  void addLiterals(Places places, Collection<String> to) {
    Places ended = ended(places);
    for (int i = 0; i < ended.at.length; i++) {
      for (long left = ended.bits[i]; left != 0; left &= left - 1) {
        int bit = (ended.at[i] << 6) + Long.numberOfTrailingZeros(left);
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

  /** Places while they are read on; only the words that hold some are looked at. */
  private final class Cursor {
    private int[] at;
    private long[] bits;
    private int[] nextAt;
    private long[] nextBits;
    private int size;
    private int nextSize;

    Cursor(int words) {
      this.at = new int[words + 1];
      this.bits = new long[words + 1];
      this.nextAt = new int[words + 1];
      this.nextBits = new long[words + 1];
    }

    void set(Places places) {
      size = places.at.length;
      System.arraycopy(places.at, 0, at, 0, size);
      System.arraycopy(places.bits, 0, bits, 0, size);
    }

    void set(long[] all) {
      for (int word = 0; word < all.length; word++) {
        add(word, all[word]);
      }
      take();
    }

    Places places() {
      return new Places(Arrays.copyOf(at, size), Arrays.copyOf(bits, size));
    }

    /** A star stays where it is or is left without a character; anything else moves on by one. */
    void read(long @Nullable [] character) {
      skipStars();
      long carry = 0;
      int after = -1;
      for (int i = 0; i < size; i++) {
        int word = at[i];
        long here = bits[i];
        if (after != word) {
          add(after, carry);
          carry = 0;
        }
        long taking = character == null ? anyCharacter[word] : anyCharacter[word] | character[word];
        long moved = here & taking;
        add(word, here & stars[word] | moved << 1 | carry);
        carry = moved >>> 63;
        after = word + 1;
      }
      add(after, carry);
      take();
    }

    void skipStars() {
      long carry = 0;
      int after = -1;
      for (int i = 0; i < size; i++) {
        int word = at[i];
        if (after != word) {
          add(after, carry);
          carry = 0;
        }
        long here = bits[i] | carry;
        long with = here | (here & stars[word]) << 1;
        while (with != here) {
          here = with;
          with = here | (here & stars[word]) << 1;
        }
        add(word, here);
        carry = (here & stars[word]) >>> 63;
        after = word + 1;
      }
      add(after, carry);
      take();
    }

    private void add(int word, long value) {
      if (value != 0) {
        nextAt[nextSize] = word;
        nextBits[nextSize++] = value;
      }
    }

    private void take() {
      int[] oldAt = at;
      long[] oldBits = bits;
      at = nextAt;
      bits = nextBits;
      size = nextSize;
      nextAt = oldAt;
      nextBits = oldBits;
      nextSize = 0;
    }
  }
}
