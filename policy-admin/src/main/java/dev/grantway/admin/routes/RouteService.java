package dev.grantway.admin.routes;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.matrix.RoutePlace;
import dev.grantway.admin.routes.RouteInput.Field;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.GreedyTwins;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** An API's route table with the operator's draft over it; every edit goes to that draft. */
@Service
public class RouteService {
  /** The state of a greedy route whose parent is no route. */
  static final String GREEDY_TWIN = "greedy-twin";

  private static final String WRONG_TABLE = "wrong-route";

  private final ChangesService changes;
  private final Operators operators;
  private final Clock clock;
  private final KeptIndexes kept = new KeptIndexes();

  RouteService(ChangesService changes, Operators operators, Clock clock) {
    this.changes = changes;
    this.operators = operators;
    this.clock = clock;
  }

  /** A route with what the draft does to it. */
  private record Line(Route route, Staging staged, RouteCoverage coverage, boolean greedyTwin) {}

  /**
   * Some of an API's routes in a stage.
   *
   * @param filter its words, methods, paths, tags and roles; of states, those of a route's life,
   *     its coverage, staged and {@value #GREEDY_TWIN}
   * @param from how many of those that it leaves are left out
   */
  public RoutesPage page(Api api, String stage, MatrixFilter filter, int from, int limit) {
    operators.require(Task.SEE);
    return page(changes.workingCopy(), api, stage, filter, from, limit);
  }

  /** The same as they are live, without any draft. */
  public RoutesPage live(Api api, String stage, MatrixFilter filter, int from, int limit) {
    operators.require(Task.SEE);
    return page(changes.workingCopy().withoutChanges(), api, stage, filter, from, limit);
  }

  private RoutesPage page(
      WorkingCopy copy, Api api, String stage, MatrixFilter filter, int from, int limit) {
    Api before = copy.withoutChanges().api(api.id()).orElse(api);
    Api now = copy.api(api.id()).orElse(before);
    RouteIndex base = kept.base(copy, before);
    RouteIndex index = kept.now(copy, before, now);
    Instant instant = clock.instant();
    List<Line> lines = lines(before, now, index.granted(stage, instant));
    List<Line> wanted = matching(lines, filter, index, stage);
    List<Line> shown = wanted.stream().skip(from).limit(limit).toList();
    Map<Route, List<RoleAccess>> access =
        index.access(
            stage,
            shown.stream().filter(it -> it.staged() != Staging.REMOVED).map(Line::route).toList(),
            instant);
    return new RoutesPage(
        copy.base().revision(),
        shown.stream().map(it -> row(it, access, base, index)).toList(),
        wanted.size(),
        lines.size(),
        counts(lines));
  }

  private static List<Line> lines(Api before, Api now, Set<Route> granted) {
    Map<String, Route> left = new HashMap<>();
    before.routes().routes().forEach(it -> left.put(it.toString(), it));
    var twins = new GreedyTwins(now.routes());
    var lines = new ArrayList<Line>();
    for (Route route : now.routes().routes()) {
      Route old = left.remove(route.toString());
      Staging staged =
          old == null ? Staging.ADDED : old.equals(route) ? Staging.NONE : Staging.CHANGED;
      lines.add(
          new Line(
              route, staged, RouteCoverage.of(route, granted.contains(route)), twins.lacks(route)));
    }
    before.routes().routes().stream()
        .filter(it -> left.containsKey(it.toString()))
        .forEach(it -> lines.add(new Line(it, Staging.REMOVED, RouteCoverage.of(it, true), false)));
    return lines;
  }

  private static List<Line> matching(
      List<Line> lines, MatrixFilter filter, RouteIndex index, String stage) {
    List<String> roles = filter.values(MatrixFilter.Key.ROLE);
    List<String> states = filter.values(MatrixFilter.Key.STATE);
    Optional<Set<Route>> ofRoles =
        roles.isEmpty() ? Optional.empty() : Optional.of(index.of(roles, stage));
    return lines.stream()
        .filter(
            line ->
                line.route().actions().stream()
                    .anyMatch(action -> filter.takes(new RoutePlace(line.route(), action))))
        .filter(line -> ofRoles.isEmpty() || ofRoles.get().contains(line.route()))
        .filter(line -> states.isEmpty() || states.stream().anyMatch(it -> isIn(it, line)))
        .toList();
  }

  private static boolean isIn(String state, Line line) {
    String word = state.toUpperCase(Locale.ROOT);
    return line.route().state().name().equals(word)
        || line.coverage().name().equals(word)
        || word.equals("STAGED") && line.staged() != Staging.NONE
        || state.equalsIgnoreCase(GREEDY_TWIN) && line.greedyTwin();
  }

  private static RouteRow row(
      Line line, Map<Route, List<RoleAccess>> access, RouteIndex base, RouteIndex index) {
    Route route = line.route();
    boolean removed = line.staged() == Staging.REMOVED;
    List<Permission> orphans =
        removed
            ? base.orphans(route, index.touched())
            : route.state() == Route.State.GONE ? index.orphans(route, index.touched()) : List.of();
    return new RouteRow(
        route,
        line.staged(),
        line.coverage(),
        line.greedyTwin() ? Optional.of(GreedyTwins.parent(route).toString()) : Optional.empty(),
        access.getOrDefault(route, List.of()),
        orphans);
  }

  private static Map<RouteCoverage, Integer> counts(List<Line> lines) {
    var counts = new EnumMap<RouteCoverage, Integer>(RouteCoverage.class);
    lines.stream()
        .filter(it -> it.staged() != Staging.REMOVED)
        .forEach(it -> counts.merge(it.coverage(), 1, Integer::sum));
    return counts;
  }

  /**
   * Adds a route at the end of the table, or changes one where it stands.
   *
   * @param edited the text of the route, such as {@code GET /orders/{id}}; empty for a new one
   */
  public Saved<Field> save(Api api, Optional<String> edited, RouteInput input) {
    operators.require(Task.DRAFT);
    Optional<Api> there = changes.workingCopy().api(api.id());
    if (there.isEmpty() || edited.isPresent() && find(there.get(), edited.get()).isEmpty()) {
      return Saved.refused(Field.FORM, "refused.route-gone", edited.orElse(api.name()));
    }
    return switch (RouteReader.read(input, api.type())) {
      case Reading.Problems<Route, Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<Route, Field>(Route route) -> stage(there.get(), edited, route);
    };
  }

  private static Optional<Route> find(Api api, String text) {
    return api.routes().written(text);
  }

  private Saved<Field> stage(Api api, Optional<String> edited, Route route) {
    var routes = new ArrayList<>(api.routes().routes());
    edited
        .flatMap(text -> find(api, text))
        .ifPresentOrElse(old -> routes.set(routes.indexOf(old), route), () -> routes.add(route));
    String label = edited.isPresent() ? "label.route.change" : "label.route.add";
    return Saved.of(
        route.toString(),
        stage(Sentence.of(label, route.toString()), api, routes),
        code -> code.equals(WRONG_TABLE) ? Field.ROUTE : Field.FORM);
  }

  private Staged stage(Sentence label, Api api, List<Route> routes) {
    RouteTable table;
    try {
      table = new RouteTable(api.type(), routes);
    } catch (IllegalArgumentException refused) {
      var why = new Sentence.OfModel(String.valueOf(refused.getMessage()));
      return new Staged.Refused(List.of(new Objection(WRONG_TABLE, why)));
    }
    var after =
        new Api(api.id(), api.name(), api.stages(), table, api.allowUnconfirmedRouteTable());
    return after.equals(api)
        ? new Staged.Done(changes.draft())
        : changes.stage(
            label, List.of(Change.alter(new PolicyRow.OfApi(api), new PolicyRow.OfApi(after))));
  }

  /** Takes a route out of the table in the draft. */
  public Staged remove(Api api, String text) {
    operators.require(Task.DRAFT);
    Optional<Api> there = changes.workingCopy().api(api.id());
    Optional<Route> route = there.flatMap(it -> find(it, text));
    if (there.isEmpty() || route.isEmpty()) {
      return new Staged.Refused(List.of(Objection.of("route-gone", text)));
    }
    var routes = new ArrayList<>(there.get().routes().routes());
    routes.remove(route.get());
    return stage(Sentence.of("label.route.delete", text), there.get(), routes);
  }

  /** Makes one route in the draft as it is without it, where it stood. */
  public Staged restore(Api api, String text) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    Optional<Api> now = copy.api(api.id());
    Optional<Api> base = copy.withoutChanges().api(api.id());
    if (now.isEmpty() || base.isEmpty()) {
      return new Staged.Refused(List.of(Objection.of("route-gone", text)));
    }
    return stage(
        Sentence.of("label.restore", text), now.get(), restored(base.get(), now.get(), text));
  }

  private static List<Route> restored(Api base, Api now, String text) {
    Optional<Route> old = find(base, text);
    var routes = new ArrayList<>(now.routes().routes());
    Optional<Route> there = find(now, text);
    if (old.isEmpty()) {
      there.ifPresent(routes::remove);
    } else if (there.isPresent()) {
      routes.set(routes.indexOf(there.get()), old.get());
    } else {
      routes.add(placeOf(old.get(), base, routes), old.get());
    }
    return routes;
  }

  /** Behind the nearest route that stands before it in the base and is still there. */
  private static int placeOf(Route route, Api base, List<Route> routes) {
    List<Route> all = base.routes().routes();
    List<String> texts = routes.stream().map(Route::toString).toList();
    for (int i = all.indexOf(route) - 1; i >= 0; i--) {
      int at = texts.indexOf(all.get(i).toString());
      if (at >= 0) {
        return at + 1;
      }
    }
    return 0;
  }
}
