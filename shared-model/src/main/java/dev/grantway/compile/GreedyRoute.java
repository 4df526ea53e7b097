package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;
import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Token.Literal;
import dev.grantway.policy.Effect;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A template with a greedy variable, or {@code $default}: exact when representable (COMPILER, lines
 * 12 to 24, for the points of one route). A point is a token list of which routing and every
 * permission hold all or nothing.
 */
final class GreedyRoute {
  private static final int MAX_POINTS = 1500;

  private final Territory territory;
  private final Collection<Grant> grants;
  private final List<TokenList> others;
  private final Set<TokenList> rules;
  private final SortedSet<TokenList> allowed = new TreeSet<>();
  private final SortedSet<TokenList> denied = new TreeSet<>();
  private final SortedSet<TokenList> globs;

  private GreedyRoute(Territory territory, Collection<Grant> grants) {
    this.territory = territory;
    this.grants = grants;
    this.others = territory.others();
    this.rules = rules();
    for (TokenList point : points()) {
      (territory.allows(point, grants) ? allowed : denied).add(point);
    }
    this.globs = TokenLists.widest(allowed.stream().map(TokenList::glob).toList());
  }

  /**
   * The granted part.
   *
   * @param careful fences off every irregular path, where fewer fences could not be proved
   * @throws TooMuchWork if there are too many points
   */
  static RouteGlobs globs(Territory territory, Collection<Grant> grants, boolean careful) {
    boolean nothing =
        territory.paths().stream()
            .allMatch(paths -> territory.parts(paths, grants, Effect.ALLOW).findAny().isEmpty());
    return nothing
        ? new RouteGlobs(new TreeSet<>(), new TreeSet<>(), List.of())
        : new GreedyRoute(territory, grants).globs(careful);
  }

  private RouteGlobs globs(boolean careful) {
    var allow = new TreeSet<String>();
    globs.forEach(glob -> allow.add(glob.globText()));
    Set<TokenList> bleed = bleed();
    var deny = new TreeSet<String>();
    var conflicts = new ArrayList<Conflict>();
    List<TokenList> served = bleed.stream().filter(this::isServed).toList();
    served.forEach(part -> conflict(part).ifPresent(conflicts::add));
    var fences = new TreeSet<TokenList>();
    served.forEach(part -> fences.add(part.glob()));
    optional(bleed).stream()
        .map(TokenList::glob)
        .filter(fence -> hits(fence).isEmpty())
        .forEach(fences::add);
    TokenLists.widest(fences).forEach(fence -> deny.add(fence.globText()));
    boolean split = bleed.stream().anyMatch(this::addsLiteral);
    globs.forEach(glob -> deny.addAll(irregular(glob, careful || split)));
    return new RouteGlobs(allow, allow.isEmpty() ? new TreeSet<>() : deny, conflicts);
  }

  /** Depth classes of the template, closed under meeting templates and patterns. */
  private Set<TokenList> points() {
    var points = new TreeSet<TokenList>();
    for (TokenList paths : territory.paths()) {
      for (TokenList depth : depths(paths)) {
        points.addAll(closure(depth, rules, MAX_POINTS - points.size()));
      }
    }
    return points;
  }

  /** The templates and patterns that meet this one. */
  private Set<TokenList> rules() {
    var met = new TreeSet<>(others);
    for (Grant grant : grants) {
      met.addAll(TokenLists.of(grant.pattern(), grant.claims()));
    }
    met.removeIf(rule -> territory.paths().stream().noneMatch(rule::meets));
    return met;
  }

  /** A list with a greedy tail as one list for each depth that some rule ends at, and one more. */
  private List<TokenList> depths(TokenList list) {
    if (list.isFixed()) {
      return List.of(list);
    }
    int deepest =
        1
            + Stream.concat(rules.stream(), territory.paths().stream())
                .mapToInt(TokenList::size)
                .max()
                .orElse(0);
    var depths = new ArrayList<TokenList>();
    var next = new TokenList(list.tokens().subList(0, list.size() - 1)).plus(ONE);
    while (next.size() <= Math.max(deepest, list.size())) {
      depths.add(next);
      next = next.plus(ONE);
    }
    depths.add(new TokenList(next.tokens().subList(0, next.size() - 1)).plus(MANY));
    return depths;
  }

  private static Set<TokenList> closure(TokenList start, Set<TokenList> rules, int budget) {
    var parts = new TreeSet<TokenList>();
    rules.forEach(rule -> parts.addAll(rule.meet(start)));
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

  /** What the globs match beyond what is granted: here, and on other routes of the table. */
  private Set<TokenList> bleed() {
    var bleed = new TreeSet<TokenList>();
    for (TokenList glob : globs) {
      for (TokenList point : denied) {
        glob.meet(point).stream()
            .filter(part -> !territory.allows(part, grants))
            .forEach(bleed::add);
      }
      others.stream()
          .filter(glob::meets)
          .flatMap(other -> depths(other).stream())
          .flatMap(other -> glob.meet(other).stream())
          .filter(part -> !territory.receives(part))
          .forEach(bleed::add);
    }
    return bleed;
  }

  /** Fences that are kept only where they cost nothing: of paths that no route serves. */
  private Set<TokenList> optional(Set<TokenList> bleed) {
    var fences = new TreeSet<TokenList>();
    bleed.stream().filter(part -> !isServed(part)).forEach(fences::add);
    for (TokenList paths : territory.paths()) {
      for (int i = 0; i < paths.size() - 1; i++) {
        if (paths.at(i) == ONE) {
          var tokens = new ArrayList<>(paths.tokens());
          tokens.set(i, MANY);
          tokens.add(i, MANY);
          fences.add(new TokenList(tokens));
        }
      }
    }
    return fences;
  }

  private boolean isServed(TokenList list) {
    return territory.table().isEmpty() || owner(list).isPresent();
  }

  private Optional<Route> owner(TokenList list) {
    return territory.table().route(territory.action(), RequestPath.of(list.fresh()));
  }

  /** The granted parts that a fence takes away. */
  private List<TokenList> hits(TokenList fence) {
    return allowed.stream()
        .flatMap(point -> fence.meet(point).stream())
        .filter(part -> territory.allows(part, grants))
        .toList();
  }

  private Optional<Conflict> conflict(TokenList bleed) {
    List<TokenList> hits = hits(bleed.glob());
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    boolean gap = hits.stream().anyMatch(hit -> allowed.contains(hit));
    String here = territory.action() + " " + territory.template();
    return Optional.of(
        new Conflict(
            owner(bleed).map(Route::toString).orElse(here),
            here,
            bleed.fresh().replace('|', 'x'),
            gap ? Conflict.Kind.GAP : Conflict.Kind.COLLISION));
  }

  private boolean addsLiteral(TokenList part) {
    return globs.stream().anyMatch(glob -> glob.meets(part) && literals(part) > literals(glob));
  }

  private static long literals(TokenList list) {
    return list.tokens().stream().filter(Literal.class::isInstance).count();
  }

  private static List<String> irregular(TokenList glob, boolean everything) {
    var fences = new ArrayList<String>();
    for (int i = 0; i < glob.size(); i++) {
      if (glob.at(i) == MANY) {
        fences.add(Fences.emptied(glob, i));
        fences.add(Fences.doubled(glob, i));
        if (everything) {
          fences.addAll(Fences.irregularFrom(glob, i));
        }
      }
    }
    return fences;
  }
}
