package dev.grantway.imports;

import dev.grantway.analysis.TouchedRoutes;
import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policyfile.Findings;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The routes of one API as a document has them. Routes are the same that have the same method and
 * shape, whatever their variables are called. A route that the document lacks becomes {@code gone}
 * and is still decided; one that it has anew is {@code new}, unless there was no table before.
 */
final class RouteImport {
  private final ImportOrder order;
  private final ImportBase base;
  private final Api api;
  private final RowKey key;
  private final Findings findings;
  private final List<ImportRow> rows = new ArrayList<>();

  RouteImport(ImportOrder order, ImportBase base, Api api, Findings findings) {
    this.order = order;
    this.base = base;
    this.api = api;
    this.key = new RowKey.OfApi(api.id());
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
    Map<List<String>, Route> known = new HashMap<>();
    api.routes().routes().forEach(it -> known.put(SaidRoute.shape(it), it));
    Map<List<String>, SaidRoute> wanted = new LinkedHashMap<>();
    said.forEach(it -> wanted.put(SaidRoute.shape(it.path()), it));
    Map<String, Route> lost =
        api.routes().routes().stream()
            .filter(it -> !it.operationId().isEmpty() && !wanted.containsKey(SaidRoute.shape(it)))
            .collect(Collectors.toMap(Route::operationId, it -> it, (first, second) -> first));
    // In the order of the table that there is, with what is new at its end.
    var ordered = new LinkedHashMap<List<String>, Route>();
    api.routes().routes().forEach(it -> ordered.put(SaidRoute.shape(it), it));
    Map<Route, Route> renamed = new HashMap<>();
    for (Map.Entry<List<String>, SaidRoute> entry : wanted.entrySet()) {
      SaidRoute route = entry.getValue();
      Optional<Route> before = Optional.ofNullable(known.get(entry.getKey()));
      Route after = after(route, before);
      ordered.put(entry.getKey(), after);
      Optional<Route> old =
          before.isPresent()
              ? Optional.empty()
              : Optional.ofNullable(lost.get(route.operationId()));
      old.ifPresent(it -> renamed.put(it, after));
      rows.add(row(route, before, after, old));
    }
    for (Route route : api.routes().routes()) {
      if (!wanted.containsKey(SaidRoute.shape(route))) {
        ordered.put(SaidRoute.shape(route), gone(route, Optional.ofNullable(renamed.get(route))));
      }
    }
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

  private ImportRow row(
      SaidRoute said, Optional<Route> before, Route after, Optional<Route> renamed) {
    Outcome outcome =
        before.isEmpty()
            ? Outcome.NEW
            : before.get().equals(after) ? Outcome.UNCHANGED : Outcome.CHANGED;
    String note =
        renamed
            .map(it -> "was `" + it + "`: the same operation `" + after.operationId() + "`")
            .orElseGet(() -> before.map(it -> RouteNote.of(it, after)).orElse(""));
    return new ImportRow(What.ROUTE, outcome, after.toString(), key, said.at(), note);
  }

  private Route gone(Route route, Optional<Route> renamed) {
    boolean before = route.state() == Route.State.GONE;
    rows.add(
        new ImportRow(
            What.ROUTE,
            before ? Outcome.UNCHANGED : Outcome.GONE,
            route.toString(),
            key,
            null,
            renamed
                .map(it -> "is now `" + it + "`: its permissions do not follow by themselves")
                .orElse(before ? "is gone already" : "")));
    return RouteNote.gone(route);
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
