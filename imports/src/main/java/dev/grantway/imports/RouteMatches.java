package dev.grantway.imports;

import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policyfile.Position;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which routes of an API those of an import are, and the row that each makes. Routes are the same
 * that have the same method and shape, whatever their variables are called. One that comes anew
 * with the operation of one that is lacking is that one renamed: the one is new, the other gone,
 * and both say so.
 */
final class RouteMatches {
  private final Map<List<String>, Route> before = new LinkedHashMap<>();
  private final Set<List<String>> wanted = new HashSet<>();
  private final Map<String, Route> lost = new HashMap<>();
  private final Map<Route, Route> renamed = new HashMap<>();
  private final List<ImportRow> rows = new ArrayList<>();

  /**
   * Of an API.
   *
   * @param before its routes as they are
   * @param wanted the paths that the import says
   */
  RouteMatches(Collection<Route> before, Collection<Route> wanted) {
    wanted.forEach(it -> this.wanted.add(SaidRoute.shape(it)));
    for (Route route : before) {
      this.before.put(SaidRoute.shape(route), route);
      if (!route.operationId().isEmpty() && isLacking(route)) {
        lost.putIfAbsent(route.operationId(), route);
      }
    }
  }

  private boolean isLacking(Route route) {
    return !wanted.contains(SaidRoute.shape(route));
  }

  /** The route that this one was before. */
  Optional<Route> before(Route path) {
    return Optional.ofNullable(before.get(SaidRoute.shape(path)));
  }

  /** Adds the row of a route as it is to be. */
  void add(Route after, @Nullable Position at) {
    Optional<Route> was = before(after);
    Optional<Route> old =
        was.isPresent() ? Optional.empty() : Optional.ofNullable(lost.get(after.operationId()));
    old.ifPresent(it -> renamed.put(it, after));
    Outcome outcome =
        was.map(it -> it.equals(after) ? Outcome.UNCHANGED : Outcome.CHANGED).orElse(Outcome.NEW);
    String note =
        old.map(it -> "was `" + it + "`: the same operation `" + after.operationId() + "`")
            .orElseGet(() -> was.map(it -> RouteNote.of(it, after)).orElse(""));
    rows.add(new ImportRow(What.ROUTE, outcome, after.toString(), at, note));
  }

  /** What is lacking, in its order, as it is to be kept; adds their rows, behind all others. */
  List<Route> gone() {
    return before.values().stream().filter(this::isLacking).map(this::gone).toList();
  }

  private Route gone(Route route) {
    boolean already = route.state() == Route.State.GONE;
    String note =
        Optional.ofNullable(renamed.get(route))
            .map(it -> "is now `" + it + "`: its permissions do not follow by themselves")
            .orElse(already ? "is gone already" : "");
    rows.add(
        new ImportRow(
            What.ROUTE, already ? Outcome.UNCHANGED : Outcome.GONE, route.toString(), null, note));
    return RouteNote.gone(route);
  }

  List<ImportRow> rows() {
    return List.copyOf(rows);
  }
}
