package dev.grantway.imports;

import dev.grantway.analysis.TouchedRoutes;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policyfile.Findings;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The routes of one API as a document has them, matched by {@link RouteMatches}. A route that the
 * document lacks becomes {@code gone} and is still decided; one that it has anew is {@code new},
 * unless there was no table before.
 */
final class RouteImport {
  private final ImportOrder order;
  private final ImportBase base;
  private final Api api;
  private final Findings findings;
  private final List<ImportRow> rows = new ArrayList<>();

  RouteImport(ImportOrder order, ImportBase base, Api api, Findings findings) {
    this.order = order;
    this.base = base;
    this.api = api;
    this.findings = findings;
  }

  DryRun dryRun(String text) {
    List<SaidRoute> said =
        OpenApiTree.read(text, findings)
            .map(document -> new OpenApiReader(document, api, base.roles(), findings).read())
            .orElse(List.of());
    if (findings.hasErrors()) {
      return DryRun.refused(order, findings.sorted());
    }
    Api after = merged(said);
    List<Permission> held = base.permissions(api.id());
    var granted = new RolePermissions(api, held);
    said.forEach(granted::add);
    rows.addAll(granted.rows());
    var changes = new ArrayList<Change>();
    if (!after.equals(api)) {
      changes.add(Change.alter(new PolicyRow.OfApi(api), new PolicyRow.OfApi(after)));
    }
    changes.addAll(granted.changes());
    changes.sort(Comparator.naturalOrder());
    return new DryRun(order, rows, findings.sorted(), changes, orphans(api, after, held));
  }

  private Api merged(List<SaidRoute> said) {
    List<Route> before = api.routes().routes();
    var matches = new RouteMatches(before, said.stream().map(SaidRoute::path).toList());
    // In the order of the table that there is, with what is new at its end.
    var ordered = new LinkedHashMap<List<String>, Route>();
    before.forEach(it -> ordered.put(SaidRoute.shape(it), it));
    for (SaidRoute route : said) {
      Route after = after(route, matches.before(route.path()));
      ordered.put(SaidRoute.shape(after), after);
      matches.add(after, route.at());
    }
    matches.gone().forEach(it -> ordered.put(SaidRoute.shape(it), it));
    rows.addAll(matches.rows());
    return new Api(
        api.id(),
        api.name(),
        api.stages(),
        new RouteTable(api.type(), List.copyOf(ordered.values())),
        api.allowUnconfirmedRouteTable());
  }

  private Route after(SaidRoute said, Optional<Route> before) {
    return new Route(
        said.path().actions(),
        said.path().template(),
        said.operationId().isEmpty()
            ? before.map(Route::operationId).orElse("")
            : said.operationId(),
        said.tags().or(() -> before.map(Route::tags)).orElse(new TreeSet<>()),
        said.owner().or(() -> before.map(Route::owner)).orElse(""),
        said.access().or(() -> before.map(Route::access)).orElse(Route.Access.GRANTED),
        state(said, before));
  }

  private Route.State state(SaidRoute said, Optional<Route> before) {
    if (said.deprecated()) {
      return Route.State.DEPRECATED;
    }
    if (before.isEmpty()) {
      return api.routes().isEmpty() ? Route.State.CURRENT : Route.State.NEW;
    }
    return switch (before.get().state()) {
      case NEW, GONE -> Route.State.NEW;
      case CURRENT, DEPRECATED -> Route.State.CURRENT;
    };
  }

  /** Permissions that, by the table to be, are about routes that are gone and about no other. */
  static List<Orphan> orphans(Api before, Api after, List<Permission> held) {
    if (after.routes().routes().stream().noneMatch(it -> it.state() == Route.State.GONE)) {
      return List.of();
    }
    var then = new TouchedRoutes(before);
    var now = new TouchedRoutes(after);
    return held.stream()
        .filter(it -> isOrphan(now.of(it)))
        .map(it -> new Orphan(it, after.name(), !isOrphan(then.of(it))))
        .sorted(Comparator.comparing(it -> it.permission().id()))
        .toList();
  }

  private static boolean isOrphan(List<Route> touched) {
    return !touched.isEmpty() && touched.stream().allMatch(it -> it.state() == Route.State.GONE);
  }
}
