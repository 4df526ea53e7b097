package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;
import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.policy.Effect;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The points of one verb: lists of paths of which routing and every permission hold all or nothing,
 * so that one fresh path speaks for a whole list (COMPILER, lines 2 and 13 to 15).
 *
 * @param of each route, those of its own template
 */
record Points(Map<Route, Set<TokenList>> of) {
  private static final int MAX_OF_ROUTE = 1500;

  /**
   * @param granted the routes of which something may be granted; of others nothing is cut, since
   *     all of them is denied
   */
  static Points of(World world, Collection<Grant> grants, Predicate<Route> granted) {
    List<TokenList> templates = world.templates();
    var patterns = new ArrayList<TokenList>();
    var allowing = new ArrayList<TokenList>();
    for (Grant grant : grants) {
      List<TokenList> lists = TokenLists.of(grant.pattern(), grant.claims());
      patterns.addAll(lists);
      if (grant.effect() == Effect.ALLOW) {
        allowing.addAll(lists);
      }
    }
    var rules = new LinkedHashSet<>(templates);
    rules.addAll(patterns);
    int deepest = 1 + rules.stream().mapToInt(TokenList::size).max().orElse(0);
    var ruleIndex = new ListIndex(rules);
    var allowIndex = new ListIndex(allowing);
    var points = new LinkedHashMap<Route, Set<TokenList>>();
    for (Route route : world.routes()) {
      var own = new TreeSet<TokenList>();
      boolean cut = granted.test(route);
      for (TokenList list : TokenLists.of(route.template())) {
        boolean reached = cut && allowIndex.meets(list);
        for (TokenList depth : depths(list, deepest)) {
          own.addAll(
              reached ? closure(depth, ruleIndex, MAX_OF_ROUTE - own.size()) : Set.of(depth));
        }
      }
      points.put(route, own);
    }
    return new Points(points);
  }

  Set<TokenList> all() {
    var all = new TreeSet<TokenList>();
    of.values().forEach(all::addAll);
    return all;
  }

  /** A list with a greedy tail as one list for each depth that some rule ends at, and one more. */
  static List<TokenList> depths(TokenList list, int deepest) {
    if (list.isFixed()) {
      return List.of(list);
    }
    var depths = new ArrayList<TokenList>();
    TokenList next = list.with(list.size() - 1, ONE);
    while (next.size() <= Math.max(deepest, list.size())) {
      depths.add(next);
      next = next.plus(ONE);
    }
    depths.add(next.with(next.size() - 1, MANY));
    return depths;
  }

  private static Set<TokenList> closure(TokenList start, ListIndex rules, int budget) {
    var parts = new TreeSet<TokenList>();
    for (TokenList rule : rules.near(start)) {
      parts.addAll(rule.meet(start));
    }
    parts.remove(start);
    var closed = new TreeSet<>(Set.of(start));
    var fresh = new ArrayList<>(closed);
    while (!fresh.isEmpty()) {
      TokenList next = fresh.removeLast();
      for (TokenList part : parts) {
        for (TokenList met : next.meet(part)) {
          if (closed.add(met)) {
            fresh.add(met);
          }
        }
      }
      if (closed.size() > budget) {
        throw new TooMuchWork();
      }
    }
    return closed;
  }
}
