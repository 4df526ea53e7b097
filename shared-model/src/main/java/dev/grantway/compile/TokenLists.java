package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;
import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.compile.Token.Literal;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Templates and patterns as token lists. */
final class TokenLists {
  private TokenLists() {}

  /** A template's paths; {@code $default} takes the root and everything below. */
  static List<TokenList> of(Template template) {
    return switch (template.kind()) {
      case PATH -> of(template.segments(), ClaimBinding.NONE);
      case DEFAULT -> List.of(TokenList.ROOT, TokenList.ROOT.plus(MANY));
      case ROUTE_KEY -> List.of();
    };
  }

  /**
   * The paths whose text a pattern matches; none where it holds a claim that cannot be bound and
   * then matches nothing.
   */
  static List<TokenList> of(ResourcePattern pattern, ClaimBinding claims) {
    return pattern.routeKey() ? List.of() : of(pattern.segments(), claims);
  }

  private static List<TokenList> of(List<Segment> segments, ClaimBinding claims) {
    var tokens = new ArrayList<Token>();
    for (Segment segment : segments) {
      Optional<Token> token =
          switch (segment) {
            case Segment.Literal(var text) -> Optional.of(new Literal(text));
            case Segment.Variable variable -> Optional.of(ONE);
            case Segment.Greedy greedy -> Optional.of(MANY);
            case Segment.Claim(var name) -> bound(name, claims);
            case Segment.Subtree subtree -> Optional.of(MANY);
          };
      if (token.isEmpty()) {
        return List.of();
      }
      tokens.add(token.get());
    }
    var whole = new TokenList(tokens);
    boolean subtree = !segments.isEmpty() && segments.getLast() instanceof Segment.Subtree;
    return subtree
        ? List.of(new TokenList(tokens.subList(0, tokens.size() - 1)), whole)
        : List.of(whole);
  }

  private static Optional<Token> bound(String claim, ClaimBinding claims) {
    Optional<Token> literal = claims.value(claim).map(Literal::new);
    return literal.isPresent() || !claims.unboundMatches() ? literal : Optional.of(ONE);
  }

  /** Those that no other one contains, sorted. */
  static SortedSet<TokenList> widest(Collection<TokenList> lists) {
    var all = new TreeSet<>(lists);
    var index = new ListIndex(all);
    var widest = new TreeSet<TokenList>();
    for (TokenList list : all) {
      boolean contained =
          index.near(list).stream()
              .anyMatch(
                  other ->
                      !other.equals(list)
                          && other.contains(list)
                          && (!list.contains(other) || other.compareTo(list) < 0));
      if (!contained) {
        widest.add(list);
      }
    }
    return widest;
  }
}
