package dev.grantway.store;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Policy data as of one revision, held so that a read costs what it returns. */
final class MemoryAsOf implements AsOf {
  private final long revision;
  private final String hash;
  private final SortedMap<RowKey, StampedRow> rows;
  private final SortedMap<String, RoleEntry> roles = new TreeMap<>();
  private final Map<Class<? extends PolicyRow>, List<PolicyRow>> byKind = new HashMap<>();
  private final SortedMap<String, Assignment> assignments = new TreeMap<>();
  private final Map<Source, Assignments> bySource = new HashMap<>();
  private final Map<PermissionId, StampedPermission> permissions = new HashMap<>();
  private final SortedMap<String, StampedRow> byText = new TreeMap<>();
  private final RoleGraph graph;

  /** Whose assignments a bundle holds. */
  private record Source(Assignment.Kind kind, String issuer) {}

  MemoryAsOf(long revision, String hash, SortedMap<RowKey, StampedRow> rows) {
    this.revision = revision;
    this.hash = hash;
    this.rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    rows.values().stream()
        .map(StampedRow::row)
        .forEach(row -> byKind.computeIfAbsent(row.getClass(), _ -> new ArrayList<>()).add(row));
    this.graph = new RoleGraph(values(PolicyRow.OfRole.class).map(PolicyRow.OfRole::role).toList());
    index();
    indexAssignments();
  }

  private void index() {
    var own = new HashMap<RoleName, SortedSet<ApiId>>();
    for (StampedRow row : rows.values()) {
      byText.put(row.row().key().text(), row);
      if (row.row() instanceof PolicyRow.OfPermission(var permission)) {
        permissions.put(permission.id(), new StampedPermission(permission, row.since()));
        own.computeIfAbsent(permission.role(), role -> new TreeSet<>()).add(permission.api());
      }
    }
    for (StampedRow row : rows.values()) {
      if (row.row() instanceof PolicyRow.OfRole(Role role)) {
        var reach = new TreeSet<ApiId>();
        graph
            .closure(Set.of(role.name()))
            .forEach(it -> reach.addAll(own.getOrDefault(it, new TreeSet<>())));
        roles.put(
            role.name().value(),
            new RoleEntry(
                role, own.getOrDefault(role.name(), new TreeSet<>()), reach, row.since()));
      }
    }
    SortedSet<ApiId> everybody = own.get(RoleName.AUTHENTICATED);
    if (everybody != null) {
      roles.putIfAbsent(RoleName.AUTHENTICATED.value(), RoleEntry.authenticated(everybody));
    }
  }

  private void indexAssignments() {
    var byValue = new HashMap<Source, Map<String, List<Assignment>>>();
    values(PolicyRow.OfAssignment.class)
        .forEach(
            row -> {
              Assignment it = row.assignment();
              assignments.put(row.key().text(), it);
              byValue
                  .computeIfAbsent(new Source(it.kind(), it.issuer()), _ -> new HashMap<>())
                  .computeIfAbsent(it.value(), _ -> new ArrayList<>())
                  .add(it);
            });
    byValue.forEach((source, values) -> bySource.put(source, new Assignments(values)));
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public String hash() {
    return hash;
  }

  SortedMap<RowKey, StampedRow> rows() {
    return rows;
  }

  @Override
  public Page<RoleEntry> roles(String after, int limit) {
    return page(roles, after, limit);
  }

  @Override
  public Optional<RoleEntry> role(RoleName name) {
    return Optional.ofNullable(roles.get(name.value()));
  }

  @Override
  public List<StampedPermission> permissions(RoleName role) {
    return within("C#" + role + "#");
  }

  @Override
  public SortedMap<RoleName, List<StampedPermission>> permissions(
      Collection<RoleName> several, ApiId api) {
    var found = new TreeMap<RoleName, List<StampedPermission>>();
    for (RoleName role : several) {
      List<StampedPermission> own = within("C#" + role + "#" + api + "#");
      if (!own.isEmpty()) {
        found.put(role, own);
      }
    }
    return found;
  }

  @Override
  public Optional<Slice> slice(RoleName role, ApiId api) {
    List<StampedPermission> own = within("C#" + role + "#" + api + "#");
    SortedSet<RoleName> closure = graph.closure(Set.of(role));
    closure.remove(role);
    boolean reached =
        !own.isEmpty()
            || closure.stream().anyMatch(it -> !within("C#" + it + "#" + api + "#").isEmpty());
    return reached ? Optional.of(new Slice(role, api, closure, own)) : Optional.empty();
  }

  private List<StampedPermission> within(String prefix) {
    var found = new ArrayList<StampedPermission>();
    byText
        .subMap(prefix, prefix + '~')
        .forEach(
            (text, row) -> {
              if (row.row() instanceof PolicyRow.OfPermission(var permission)) {
                found.add(new StampedPermission(permission, row.since()));
              }
            });
    return found;
  }

  @Override
  public Optional<StampedPermission> permission(PermissionId id) {
    return Optional.ofNullable(permissions.get(id));
  }

  @Override
  public List<ApiEntry> apis() {
    return values(PolicyRow.OfApi.class)
        .map(row -> new ApiEntry(row.api().id(), row.api().name()))
        .toList();
  }

  @Override
  public Optional<Api> api(ApiId id) {
    return row(new RowKey.OfApi(id)).map(StampedRow::row).map(row -> ((PolicyRow.OfApi) row).api());
  }

  @Override
  public Page<Assignment> assignments(String after, int limit) {
    return page(assignments, after, limit);
  }

  Assignments assignments(Assignment.Kind kind, String issuer) {
    return bySource.getOrDefault(new Source(kind, issuer), Assignments.NONE);
  }

  @Override
  public Rules rules() {
    return PolicyRows.rules(
        byKind.entrySet().stream()
            .filter(kind -> kind.getKey() != PolicyRow.OfPermission.class)
            .filter(kind -> kind.getKey() != PolicyRow.OfAssignment.class)
            .flatMap(kind -> kind.getValue().stream())
            .toList());
  }

  @Override
  public List<PolicyTest> tests() {
    return PolicyRows.tests(byKind.getOrDefault(PolicyRow.OfTest.class, List.of()));
  }

  @Override
  public Optional<StampedRow> row(RowKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public Policy policy() {
    return PolicyRows.policy(rows.values().stream().map(StampedRow::row).toList());
  }

  private <T extends PolicyRow> Stream<T> values(Class<T> type) {
    return byKind.getOrDefault(type, List.of()).stream().map(type::cast);
  }

  /** What follows a key, and where to go on. */
  private static <T> Page<T> page(SortedMap<String, T> all, String after, int limit) {
    var items = new ArrayList<T>();
    String last = after;
    for (Map.Entry<String, T> each : all.tailMap(after + '\0').entrySet()) {
      if (items.size() == limit) {
        return new Page<>(items, last);
      }
      items.add(each.getValue());
      last = each.getKey();
    }
    return new Page<>(items, null);
  }
}
