package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;

import dev.grantway.compile.Token.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of paths without empty segments, written as what stands between their slashes. Templates,
 * patterns and aligned globs are such lists (COMPILER, ground).
 */
record TokenList(List<Token> tokens) implements Comparable<TokenList> {
  static final TokenList ROOT = new TokenList(List.of());

  TokenList {
    tokens = List.copyOf(tokens);
  }

  int size() {
    return tokens.size();
  }

  Token at(int index) {
    return tokens.get(index);
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
   * A path of this set whose wild segments are values that occur in no template, pattern or
   * literal: {@code |} may not enter one. What matches it contains the whole set (fresh rule).
   */
  String fresh() {
    return text("|");
  }

  private String text(String wild) {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/').append(token instanceof Literal(var text) ? text : wild);
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  /** Lists whose union is what both stand for. */
  Set<TokenList> meet(TokenList other) {
    return new Meeting(this, other).from(0, 0);
  }

  boolean meets(TokenList other) {
    return !meet(other).isEmpty();
  }

  /** True if every path of the other list is one of this list. */
  boolean contains(TokenList other) {
    int longest = other.size();
    var reached = new boolean[longest + 1];
    reached[0] = true;
    for (Token token : tokens) {
      var next = new boolean[longest + 1];
      for (int i = 0; i < longest; i++) {
        boolean here = reached[i] || token == MANY && next[i];
        next[i + 1] = here && takes(token, other.at(i));
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

  private String sortText() {
    var out = new StringBuilder();
    for (Token token : tokens) {
      out.append('/').append(token instanceof Literal(var text) ? text : "{" + token + "}");
    }
    return out.toString();
  }

  /** One computation of {@link #meet}, remembering the tails already met. */
  private record Meeting(TokenList a, TokenList b, Map<Long, Set<TokenList>> known) {
    Meeting(TokenList a, TokenList b) {
      this(a, b, new HashMap<>());
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

    private static void prepend(Token head, Set<TokenList> tails, Set<TokenList> out) {
      for (TokenList tail : tails) {
        var tokens = new ArrayList<Token>(tail.size() + 1);
        tokens.add(head);
        tokens.addAll(tail.tokens());
        out.add(new TokenList(tokens));
      }
    }
  }
}
