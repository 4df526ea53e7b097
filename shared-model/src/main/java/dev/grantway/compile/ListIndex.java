package dev.grantway.compile;

import dev.grantway.compile.Token.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Token lists by their first segment, so that few need be compared with a given one. */
final class ListIndex {
  private final List<TokenList> all;
  private final Map<Token, List<TokenList>> byLiteral = new HashMap<>();
  private final List<TokenList> others = new ArrayList<>();

  ListIndex(Collection<TokenList> lists) {
    all = List.copyOf(lists);
    for (TokenList list : all) {
      if (!list.isEmpty() && list.at(0) instanceof Literal literal) {
        byLiteral.computeIfAbsent(literal, first -> new ArrayList<>()).add(list);
      } else {
        others.add(list);
      }
    }
    byLiteral.values().forEach(lists2 -> lists2.addAll(others));
  }

  /** Every list that meets this one, and some that do not. */
  List<TokenList> near(TokenList list) {
    return !list.isEmpty() && list.at(0) instanceof Literal literal
        ? byLiteral.getOrDefault(literal, others)
        : all;
  }

  boolean meets(TokenList list) {
    for (TokenList other : near(list)) {
      if (other.meets(list)) {
        return true;
      }
    }
    return false;
  }
}
