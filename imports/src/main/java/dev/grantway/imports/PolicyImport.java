package dev.grantway.imports;

import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.policyfile.Position;
import dev.grantway.policyfile.Positions;
import dev.grantway.policyfile.RoleIds;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole policy file. What it lacks stays, unless it is complete; of an API's routes, matched by
 * {@link RouteMatches}, those that the file lacks become {@code gone} in both cases.
 */
final class PolicyImport {
  private final ImportOrder order;
  private final ImportBase base;
  private final List<ImportRow> rows = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Orphan> orphans = new ArrayList<>();

  PolicyImport(ImportOrder order, ImportBase base) {
    this.order = order;
    this.base = base;
  }

  DryRun dryRun(String text) {
    return switch (PolicyFile.read(text, order.file())) {
      case PolicyFile.Refused(List<Finding> findings) -> DryRun.refused(order, findings);
      case PolicyFile.Read read -> compared(read);
    };
  }

  private DryRun compared(PolicyFile.Read read) {
    Policy file = RoleIds.known(read.policy(), base.view().roles());
    SortedMap<RowKey, PolicyRow> wanted = PolicyRows.of(file, read.tests());
    SortedMap<RowKey, PolicyRow> left = known();
    Map<String, Permission> byId = new HashMap<>();
    for (PolicyRow row : left.values()) {
      if (row instanceof PolicyRow.OfPermission(Permission it)) {
        byId.put(it.id().value(), it);
      }
    }
    for (PolicyRow row : wanted.values()) {
      compare(row, left.remove(row.key()), read.positions(), left, byId);
    }
    if (order.complete()) {
      left.values().forEach(this::gone);
    }
    changes.sort(Comparator.naturalOrder());
    return new DryRun(order, rows, read.findings(), changes, orphans);
  }

  private SortedMap<RowKey, PolicyRow> known() {
    SortedMap<RowKey, PolicyRow> known = new TreeMap<>();
    for (Api api : base.view().apis()) {
      known.put(new RowKey.OfApi(api.id()), new PolicyRow.OfApi(api));
      base.permissions(api.id()).stream()
          .map(PolicyRow.OfPermission::new)
          .forEach(it -> known.put(it.key(), it));
    }
    base.view().roles().values().stream()
        .map(PolicyRow.OfRole::new)
        .forEach(it -> known.put(it.key(), it));
    base.view().assignments().stream()
        .map(PolicyRow.OfAssignment::new)
        .forEach(it -> known.put(it.key(), it));
    base.rules().forEach(it -> known.put(it.key(), it));
    return known;
  }

  private void compare(
      PolicyRow wanted,
      @Nullable PolicyRow before,
      Positions places,
      SortedMap<RowKey, PolicyRow> left,
      Map<String, Permission> byId) {
    Optional<Position> at = place(wanted, places);
    PolicyRow after = wanted;
    if (wanted instanceof PolicyRow.OfApi(Api api)) {
      Optional<Api> old =
          before instanceof PolicyRow.OfApi(Api it) ? Optional.of(it) : Optional.empty();
      after = new PolicyRow.OfApi(routes(api, old, places));
    }
    if (wanted instanceof PolicyRow.OfPermission(Permission it) && before == null) {
      Permission moved = byId.get(it.id().value());
      if (moved != null) {
        var old = new PolicyRow.OfPermission(moved);
        left.remove(old.key());
        changes.add(Change.remove(old));
        changes.add(Change.add(after));
        row(after, Outcome.CHANGED, at, PermissionNote.of(moved, it, base::name));
        return;
      }
    }
    Change change = new Change(after.key(), before, after);
    if (!change.isEmpty()) {
      changes.add(change);
    }
    row(
        after,
        before == null ? Outcome.NEW : change.isEmpty() ? Outcome.UNCHANGED : Outcome.CHANGED,
        at,
        note(before, after));
  }

  private String note(@Nullable PolicyRow before, PolicyRow after) {
    return after instanceof PolicyRow.OfPermission(Permission it)
        ? before instanceof PolicyRow.OfPermission(Permission old)
            ? PermissionNote.of(old, it, base::name)
            : PermissionNote.of(it, base::name)
        : "";
  }

  private static Optional<Position> place(PolicyRow row, Positions places) {
    return switch (row) {
      case PolicyRow.OfApi(var api) -> places.api(api.name());
      case PolicyRow.OfRole(var role) -> places.role(role.name().value());
      case PolicyRow.OfPermission(var it) -> places.permission(it.id().value());
      case PolicyRow.OfAssignment(var it) -> places.assignment(it);
      case PolicyRow.OfInvariant(var it) -> places.invariant(it.name());
      case PolicyRow.OfTest(var it) -> places.test(it.name());
      case PolicyRow.OfWaiver(var it) -> places.waiver(it.finding());
      case PolicyRow.OfApproval rule -> Optional.empty();
      case PolicyRow.OfOperator limit -> Optional.empty();
      case PolicyRow.OfRetention retention -> Optional.empty();
    };
  }

  /** The API with the routes that the file lacks kept as gone, and a row for each route. */
  private Api routes(Api api, Optional<Api> before, Positions places) {
    List<Route> old = before.map(it -> it.routes().routes()).orElse(List.of());
    var routes = new ArrayList<>(api.routes().routes());
    var matches = new RouteMatches(old, routes);
    for (Route route : routes) {
      matches.add(route, places.route(api.name(), route.toString()).orElse(null));
    }
    routes.addAll(matches.gone());
    rows.addAll(matches.rows());
    var after =
        new Api(
            api.id(),
            api.name(),
            api.stages(),
            table(api, before, routes),
            api.allowUnconfirmedRouteTable());
    before.ifPresent(
        it -> orphans.addAll(RouteImport.orphans(it, after, base.permissions(api.id()))));
    return after;
  }

  /** In the order of the table that there is where nothing but gone routes were added. */
  private static RouteTable table(Api api, Optional<Api> before, List<Route> routes) {
    var wanted = new RouteTable(api.type(), routes);
    return before
        .map(Api::routes)
        .filter(it -> new HashSet<>(it.routes()).equals(new HashSet<>(routes)))
        .filter(it -> routes.size() > api.routes().routes().size())
        .orElse(wanted);
  }

  private void row(PolicyRow row, Outcome outcome, Optional<Position> at, String note) {
    rows.add(new ImportRow(what(row), outcome, name(row), at.orElse(null), note));
  }

  private void gone(PolicyRow row) {
    changes.add(Change.remove(row));
    row(row, Outcome.GONE, Optional.empty(), "");
  }

  private static What what(PolicyRow row) {
    return switch (row) {
      case PolicyRow.OfApi api -> What.API;
      case PolicyRow.OfRole role -> What.ROLE;
      case PolicyRow.OfPermission permission -> What.PERMISSION;
      case PolicyRow.OfAssignment assignment -> What.ASSIGNMENT;
      case PolicyRow.OfInvariant rule -> What.RULE;
      case PolicyRow.OfTest rule -> What.RULE;
      case PolicyRow.OfApproval rule -> What.RULE;
      case PolicyRow.OfWaiver rule -> What.RULE;
      case PolicyRow.OfOperator rule -> What.RULE;
      case PolicyRow.OfRetention rule -> What.RULE;
    };
  }

  private static String name(PolicyRow row) {
    return switch (row) {
      case PolicyRow.OfApi(var api) -> api.name();
      case PolicyRow.OfRole(var role) -> role.name().value();
      case PolicyRow.OfPermission(var it) -> it.id().value();
      case PolicyRow.OfAssignment(Assignment it) -> AssignmentImport.name(it);
      case PolicyRow.OfInvariant(var it) -> "invariant " + it.name();
      case PolicyRow.OfTest(var it) -> "test " + it.name();
      case PolicyRow.OfApproval(var it) -> "approvals of " + it.api() + "/" + it.stage();
      case PolicyRow.OfWaiver(var it) -> "waiver of " + it.finding();
      case PolicyRow.OfOperator(var it) -> "limit of " + it.operator();
      case PolicyRow.OfRetention it -> "retention";
    };
  }
}
