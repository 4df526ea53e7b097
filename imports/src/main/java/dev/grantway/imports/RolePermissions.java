package dev.grantway.imports;

import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.ImportRow.What;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The permissions that {@code x-grantway-roles} asks for: each role may do the operation, in every
 * stage and without condition. A role that has a permission of just that path, with at least that
 * method, gets none; nothing is ever taken away.
 */
final class RolePermissions {
  private static final int LONGEST_ID = 120;

  private final Api api;
  private final Map<Place, List<Permission>> held = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<ImportRow> rows = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private record Place(RoleName role, List<String> shape) {}

  RolePermissions(Api api, Collection<Permission> all) {
    this.api = api;
    all.forEach(this::keep);
  }

  private void keep(Permission it) {
    taken.add(it.id().value());
    held.computeIfAbsent(new Place(it.role(), it.resource().shape()), at -> new ArrayList<>())
        .add(it);
  }

  void add(SaidRoute said) {
    said.roles().forEach(it -> add(said, it));
  }

  private void add(SaidRoute said, SaidRoute.SaidRole named) {
    Route route = said.path();
    ResourcePattern resource =
        route.template().kind() == Template.Kind.DEFAULT
            ? ResourcePattern.parse("/**")
            : ResourcePattern.parse(route.template().toString());
    boolean has =
        held.getOrDefault(new Place(named.role(), resource.shape()), List.of()).stream()
            .anyMatch(it -> isWhole(it) && it.actions().containsAll(route.actions()));
    if (has) {
      return;
    }
    var permission =
        new Permission(
            id(named.role(), said),
            named.role(),
            Effect.ALLOW,
            api.id(),
            StageScope.EVERY,
            route.actions(),
            resource,
            Condition.NONE,
            Validity.ALWAYS,
            "");
    keep(permission);
    var row = new PolicyRow.OfPermission(permission);
    changes.add(Change.add(row));
    rows.add(
        new ImportRow(
            What.PERMISSION,
            Outcome.NEW,
            permission.id().value(),
            named.at(),
            "allows role `" + named.role() + "` `" + route + "` in every stage"));
  }

  private static boolean isWhole(Permission it) {
    return it.effect() == Effect.ALLOW
        && it.stage().isEvery()
        && it.condition().isNone()
        && it.validity().isAlways();
  }

  /** Such as {@code orders-clerk-refundOrder}, or with method and path where there is no name. */
  private PermissionId id(RoleName role, SaidRoute said) {
    String operation =
        said.operationId().isEmpty()
            ? said.path().method().toLowerCase(Locale.ROOT) + said.path().template()
            : said.operationId();
    String whole = (api.name() + "-" + role + "-" + operation).replaceAll("[^A-Za-z0-9._:-]+", "-");
    String start = whole.length() > LONGEST_ID ? whole.substring(0, LONGEST_ID) : whole;
    String id = start;
    for (int i = 2; taken.contains(id); i++) {
      id = start + "-" + i;
    }
    return new PermissionId(id);
  }

  List<ImportRow> rows() {
    return rows;
  }

  List<Change> changes() {
    return changes;
  }
}
