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
 * @param granted of each route of which something may be granted, those of its own template
 * @param others the paths of the other routes, uncut, since all of them is denied
 * @param tooWide routes of which there are too many points
 */
record Points(Map<Route, Set<TokenList>> granted, List<TokenList> others, Set<Route> tooWide) {
  private static final int MAX_OF_ROUTE = 1500;

  static Points of(World world, Collection<Grant> grants, Predicate<Route> mayBeGranted) {
    var patterns = new LinkedHashSet<TokenList>();
    var allowing = new ArrayList<TokenList>();
    for (Grant grant : grants) {
      List<TokenList> lists = TokenLists.of(grant.pattern(), grant.claims());
      patterns.addAll(lists);
      if (grant.effect() == Effect.ALLOW) {
        allowing.addAll(lists);
      }
    }
    if (allowing.isEmpty()) {
      return new Points(Map.of(), List.of(), Set.of());
    }
    patterns.removeAll(world.templates());
    int deepest =
        1 + Math.max(world.deepest(), patterns.stream().mapToInt(TokenList::size).max().orElse(0));
    var patternIndex = new ListIndex(patterns);
    var allowIndex = new ListIndex(allowing);
    var points = new LinkedHashMap<Route, Set<TokenList>>();
    var others = new ArrayList<TokenList>();
    var tooWide = new LinkedHashSet<Route>();
    for (Route route : world.routes()) {
      List<TokenList> lists = world.lists(route);
      if (mayBeGranted.test(route) && lists.stream().anyMatch(allowIndex::meets)) {
        try {
          points.put(route, closure(world, lists, deepest, patternIndex));
        } catch (TooMuchWork tooMany) {
          tooWide.add(route);
        }
      } else {
        lists.forEach(list -> others.addAll(depths(list, deepest)));
      }
    }
    return new Points(points, others, tooWide);
  }

  private static Set<TokenList> closure(
      World world, List<TokenList> lists, int deepest, ListIndex patterns) {
    var closed = new TreeSet<TokenList>();
    for (TokenList list : lists) {
      for (TokenList depth : depths(list, deepest)) {
        var parts = new LinkedHashSet<>(world.parts(depth));
        for (TokenList pattern : patterns.near(depth)) {
          parts.addAll(pattern.meet(depth));
        }
        parts.remove(depth);
        closed.addAll(closure(depth, parts, MAX_OF_ROUTE - closed.size()));
      }
    }
    return closed;
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

  private static Set<TokenList> closure(TokenList start, Set<TokenList> parts, int budget) {
    Set<TokenList> closed = new LinkedHashSet<>(Set.of(start));
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
