package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;
import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.compile.Token.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths without empty segments, written as what stands between their slashes. Templates,
 * patterns and aligned globs are such lists (COMPILER, ground).
 */
final class TokenList implements Comparable<TokenList> {
  static final TokenList ROOT = new TokenList(List.of());

  private final List<Token> tokens;
  private final Token[] places;
  private final int hash;
  private @Nullable String sortText;

  TokenList(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
    this.places = this.tokens.toArray(Token[]::new);
    this.hash = this.tokens.hashCode();
  }

  List<Token> tokens() {
    return tokens;
  }

  int size() {
    return places.length;
  }

  Token at(int index) {
    return places[index];
  }

  boolean isFixed() {
    return !tokens.contains(MANY);
  }

  TokenList plus(Token token) {
    var longer = new ArrayList<>(tokens);
    longer.add(token);
    return new TokenList(longer);
  }

  /** The list that the glob text of this one stands for on paths without empty segments. */
  TokenList glob() {
    return new TokenList(
        tokens.stream().map(token -> token instanceof Literal ? token : MANY).toList());
  }

  /** The glob as text, with a leading slash; {@code ?*} for whatever is wild. */
  String globText() {
    return text("?*");
  }

  /**
   * The same for a Deny: where more than one wild place follows each other, empty segments too,
   * which no regular path has.
   */
  String fenceText() {
    var out = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      boolean beside = isWild(i - 1) || isWild(i + 1);
      out.append('/').append(at(i) instanceof Literal(var text) ? text : beside ? "*" : "?*");
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  private boolean isWild(int index) {
    return index >= 0 && index < size() && at(index) instanceof Token.Wild;
  }

  /**
   * A path of this set whose wild segments are values that occur in no template, pattern or
   * literal: {@code |} may not enter one. What matches it contains the whole set (fresh rule).
   */
  String fresh() {
    return text("|");
  }

  /** As a template: {@code /teams/{id}/refunds}. */
  String templateText() {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/')
          .append(
              switch (token) {
                case Literal(var text) -> text;
                case Token.Wild wild -> wild == ONE ? "{any}" : "{any+}";
              });
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  private String text(String wild) {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/').append(token instanceof Literal(var text) ? text : wild);
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  /**
   * Lists whose union is what both stand for.
   *
   * @throws TooMuchWork if there are too many
   */
  Set<TokenList> meet(TokenList other) {
    return meets(other) ? new Meeting(this, other).from(0, 0) : Set.of();
  }

  /** True if both have a path in common. */
  boolean meets(TokenList other) {
    int shared = Math.min(size(), other.size());
    for (int i = 0; i < shared; i++) {
      if (at(i) == MANY || other.at(i) == MANY) {
        return meetsFrom(i, other);
      }
      if (!Token.overlap(at(i), other.at(i))) {
        return false;
      }
    }
    return size() == other.size();
  }

  /** The same for what follows, where it may be of different length in both. */
  private boolean meetsFrom(int from, TokenList other) {
    int longest = other.size();
    var reached = new boolean[longest + 1];
    reached[longest] = true;
    for (int i = size() - 1; i >= from; i--) {
      boolean many = at(i) == MANY;
      var next = new boolean[longest + 1];
      for (int j = longest - 1; j >= from; j--) {
        Token there = other.at(j);
        boolean goOn = reached[j + 1] || many && next[j + 1] || there == MANY && reached[j];
        next[j] = goOn && Token.overlap(at(i), there);
      }
      reached = next;
    }
    return reached[from];
  }

  /** True if only wild places of this list are literals in the other one, and some are. */
  boolean narrowsTo(TokenList other) {
    if (other.size() != size() || other.equals(this)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      boolean narrowed = at(i) == ONE && other.at(i) instanceof Literal;
      if (!narrowed && !at(i).equals(other.at(i))) {
        return false;
      }
    }
    return true;
  }

  /** The places at which the other list, of the same size, differs; the last one first. */
  List<Integer> differences(TokenList other) {
    var differences = new ArrayList<Integer>();
    for (int i = size() - 1; i >= 0; i--) {
      if (!at(i).equals(other.at(i))) {
        differences.add(i);
      }
    }
    return differences;
  }

  /** The same list with that place taken by others. */
  TokenList with(int index, Token... tokensThere) {
    var changed = new ArrayList<Token>(tokens.subList(0, index));
    changed.addAll(List.of(tokensThere));
    changed.addAll(tokens.subList(index + 1, size()));
    return new TokenList(changed);
  }

  /** Anything with at least as many segments. */
  TokenList wild() {
    return new TokenList(tokens.stream().<Token>map(token -> MANY).toList());
  }

  /** The lists with one literal fewer. */
  List<TokenList> withOneMoreWild() {
    var wider = new ArrayList<TokenList>();
    for (int i = 0; i < size(); i++) {
      if (at(i) instanceof Literal) {
        wider.add(with(i, MANY));
      }
    }
    return wider;
  }

  boolean endsWithLiteral() {
    return !isEmpty() && tokens.getLast() instanceof Literal;
  }

  /**
   * True if the other list has a path that begins like this one and, at the place of this one's
   * last literal, with that text.
   */
  boolean meetsFolded(TokenList other) {
    String literal = ((Literal) tokens.getLast()).text();
    var head = new TokenList(tokens.subList(0, size() - 1));
    for (int i = 0; i < other.size(); i++) {
      Token there = other.at(i);
      boolean begins = !(there instanceof Literal(var text)) || text.startsWith(literal);
      if (begins
          && (head.meets(new TokenList(other.tokens.subList(0, i)))
              || there == MANY && head.meets(new TokenList(other.tokens.subList(0, i + 1))))) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** The same list without the places that are exactly this. */
  TokenList without(Token token) {
    return new TokenList(tokens.stream().filter(each -> !each.equals(token)).toList());
  }

  /** The same list behind one or more segments of any text. */
  TokenList behindAny() {
    var longer = new ArrayList<Token>(size() + 1);
    longer.add(MANY);
    longer.addAll(tokens);
    return new TokenList(longer);
  }

  /** True if every path of the other list is one of this list. */
  boolean contains(TokenList other) {
    int shared = Math.min(size(), other.size());
    for (int i = 0; i < shared; i++) {
      if (at(i) == MANY) {
        return other.size() >= size() && containsFrom(i, other);
      }
      if (!takes(at(i), other.at(i))) {
        return false;
      }
    }
    return size() == other.size();
  }

  /** The same for what follows, where a place of this list may take several of the other's. */
  private boolean containsFrom(int from, TokenList other) {
    int longest = other.size();
    var reached = new boolean[longest + 1];
    reached[from] = true;
    for (int place = from; place < size(); place++) {
      var next = new boolean[longest + 1];
      for (int i = from; i < longest; i++) {
        boolean here = reached[i] || at(place) == MANY && next[i];
        next[i + 1] = here && takes(at(place), other.at(i));
      }
      reached = next;
    }
    return reached[longest];
  }

  private static boolean takes(Token token, Token other) {
    return switch (token) {
      case Literal literal -> literal.equals(other);
      case Token.Wild wild -> wild == MANY || other != MANY;
    };
  }

  @Override
  public int compareTo(TokenList other) {
    return sortText().compareTo(other.sortText());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenList that && hash == that.hash && tokens.equals(that.tokens);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return sortText();
  }

  private String sortText() {
    if (sortText == null) {
      var out = new StringBuilder();
      for (Token token : tokens) {
        out.append('/').append(token instanceof Literal(var text) ? text : "{" + token + "}");
      }
      sortText = out.toString();
    }
    return sortText;
  }

  /** One computation of {@link #meet}, remembering the tails already met. */
  private static final class Meeting {
    /** Where lists with many wild places have more parts in common, the work is given up. */
    private static final int MOST_PARTS = 100_000;

    private final TokenList a;
    private final TokenList b;
    private final Map<Long, Set<TokenList>> known = new HashMap<>();
    private int parts;

    Meeting(TokenList a, TokenList b) {
      this.a = a;
      this.b = b;
    }

    Set<TokenList> from(int i, int j) {
      long key = (long) i << 32 | j;
      Set<TokenList> before = known.get(key);
      if (before != null) {
        return before;
      }
      Set<TokenList> met = compute(i, j);
      known.put(key, met);
      return met;
    }

    private Set<TokenList> compute(int i, int j) {
      boolean endA = i == a.size();
      boolean endB = j == b.size();
      if (endA || endB) {
        return endA && endB ? Set.of(ROOT) : Set.of();
      }
      Token x = a.at(i);
      Token y = b.at(j);
      var met = new LinkedHashSet<TokenList>();
      if (x != MANY && y != MANY) {
        Token both = Token.unify(x, y);
        if (both != null) {
          prepend(both, from(i + 1, j + 1), met);
        }
        return met;
      }
      Token head = x == MANY ? y : x;
      prepend(head, from(i + 1, j + 1), met);
      if (x == MANY) {
        prepend(head, from(i, j + 1), met);
      }
      if (y == MANY) {
        prepend(head, from(i + 1, j), met);
      }
      return met;
    }

    private void prepend(Token head, Set<TokenList> tails, Set<TokenList> out) {
      parts += tails.size();
      if (parts > MOST_PARTS) {
        throw new TooMuchWork();
      }
      for (TokenList tail : tails) {
        var tokens = new ArrayList<Token>(tail.size() + 1);
        tokens.add(head);
        tokens.addAll(tail.tokens());
        out.add(new TokenList(tokens));
      }
    }
  }
}
