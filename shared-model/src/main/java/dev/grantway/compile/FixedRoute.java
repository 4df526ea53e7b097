package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.compile.Token.Literal;
import dev.grantway.policy.Effect;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A template without a greedy variable: always exact (GATEWAY, what can be exact). Its paths all
 * have as many segments as the template, so that a glob of that many matches them segment by
 * segment, and whatever else the globs match has a slash inside a variable and is fenced off.
 */
final class FixedRoute {
  private final Territory territory;
  private final TokenList paths;
  private final SortedSet<TokenList> allowed;
  private final SortedSet<TokenList> denied;

  private FixedRoute(Territory territory, Collection<Grant> grants) {
    this.territory = territory;
    this.paths = territory.paths().getFirst();
    SortedSet<TokenList> taken = TokenLists.widest(taken(grants));
    this.allowed =
        TokenLists.widest(
            territory
                .parts(paths, grants, Effect.ALLOW)
                .filter(part -> taken.stream().noneMatch(deny -> deny.contains(part)))
                .toList());
    this.denied = new TreeSet<>(taken);
    denied.removeIf(deny -> allowed.stream().noneMatch(deny::meets));
  }

  static RouteGlobs globs(Territory territory, Collection<Grant> grants) {
    var route = new FixedRoute(territory, grants);
    var allow = new TreeSet<String>();
    route.allowed.forEach(list -> allow.add(list.globText()));
    return new RouteGlobs(allow, allow.isEmpty() ? new TreeSet<>() : route.denies(), List.of());
  }

  /** What the DENY permissions and the other routes of the table take from these paths. */
  private Set<TokenList> taken(Collection<Grant> grants) {
    var taken = new TreeSet<TokenList>();
    territory.parts(paths, grants, Effect.DENY).forEach(taken::add);
    for (TokenList other : territory.others()) {
      for (TokenList part : paths.meet(other)) {
        if (!territory.receives(part)) {
          taken.add(part);
        }
      }
    }
    return taken;
  }

  private SortedSet<String> denies() {
    var denies = new TreeSet<String>();
    denied.forEach(list -> denies.add(list.globText()));
    for (int i = 0; i < paths.size(); i++) {
      if (isWild(i)) {
        denies.add(Fences.depth(paths, i));
        denies.addAll(isSplit(i) ? Fences.encoded(paths, i) : List.of(Fences.emptied(paths, i)));
      }
    }
    return denies;
  }

  private boolean isWild(int index) {
    return allowed.stream().anyMatch(list -> list.at(index) == ONE);
  }

  /** True if a literal is denied where a whole variable is allowed. */
  private boolean isSplit(int index) {
    return allowed.stream()
        .filter(allow -> allow.at(index) == ONE)
        .anyMatch(
            allow ->
                denied.stream()
                    .anyMatch(deny -> deny.at(index) instanceof Literal && deny.meets(allow)));
  }
}
