package dev.grantway.admin.changes;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Policy data as they would be with the changes of a draft: its base with the changes over it. */
public final class WorkingCopy {
  private final BaseReads reads;
  private final AsOf base;
  private final Map<RowKey, Change> changes = new LinkedHashMap<>();

  public WorkingCopy(AsOf base, Collection<Change> changes) {
    this(new BaseReads(base), changes);
  }

  private WorkingCopy(BaseReads reads, Collection<Change> changes) {
    this.reads = reads;
    this.base = reads.base();
    changes.forEach(change -> this.changes.put(change.key(), change));
  }

  public AsOf base() {
    return base;
  }

  /** The same without the changes; what was read for one is not read again for the other. */
  public WorkingCopy withoutChanges() {
    return new WorkingCopy(reads, List.of());
  }

  /** What the draft does to a row, if anything. */
  public Optional<Change> change(RowKey key) {
    return Optional.ofNullable(changes.get(key));
  }

  public Optional<PolicyRow> row(RowKey key) {
    Change change = changes.get(key);
    return change == null ? base.row(key).map(StampedRow::row) : change.after();
  }

  public Optional<Role> role(RoleName name) {
    return row(new RowKey.OfRole(name)).map(row -> ((PolicyRow.OfRole) row).role());
  }

  /** All roles by name, those that the draft removes left out. */
  public SortedMap<RoleName, Role> roles() {
    var roles = new TreeMap<>(reads.roles());
    for (Change change : changes.values()) {
      if (change.key() instanceof RowKey.OfRole(RoleName name)) {
        roles.remove(name);
        if (change.afterOrNull() instanceof PolicyRow.OfRole(Role role)) {
          roles.put(name, role);
        }
      }
    }
    return roles;
  }

  public RoleGraph graph() {
    return new RoleGraph(roles().values());
  }

  /** The role's own permissions in one API, by id. */
  public List<Permission> permissions(RoleName role, ApiId api) {
    var rows = new TreeMap<PermissionId, Permission>();
    reads.permissions(role, api).forEach(it -> rows.put(it.id(), it));
    for (Change change : changes.values()) {
      if (change.key() instanceof RowKey.OfPermission key
          && key.role().equals(role)
          && key.api().equals(api)) {
        rows.remove(key.id());
        if (change.afterOrNull() instanceof PolicyRow.OfPermission(Permission permission)) {
          rows.put(key.id(), permission);
        }
      }
    }
    return List.copyOf(rows.values());
  }

  /** The permissions of several roles in one API. */
  public List<Permission> permissions(Collection<RoleName> roles, ApiId api) {
    var all = new ArrayList<Permission>();
    roles.forEach(role -> all.addAll(permissions(role, api)));
    return all;
  }

  /** True if some permission has, or had at the base, that id. */
  public boolean isTaken(PermissionId id) {
    boolean staged =
        changes.keySet().stream()
            .anyMatch(key -> key instanceof RowKey.OfPermission it && it.id().equals(id));
    return staged || base.permission(id).map(StampedPermission::permission).isPresent();
  }

  /** The name of an API; its id where it is not known. */
  public String apiName(ApiId id) {
    return row(new RowKey.OfApi(id))
        .map(row -> ((PolicyRow.OfApi) row).api().name())
        .orElse(id.value());
  }

  /** All APIs by id, those that the draft removes left out. */
  public List<Api> apis() {
    var apis = new TreeMap<ApiId, Api>();
    base.apis().forEach(entry -> base.api(entry.id()).ifPresent(api -> apis.put(entry.id(), api)));
    for (Change change : changes.values()) {
      if (change.key() instanceof RowKey.OfApi(ApiId id)) {
        apis.remove(id);
        if (change.afterOrNull() instanceof PolicyRow.OfApi(Api api)) {
          apis.put(id, api);
        }
      }
    }
    return List.copyOf(apis.values());
  }

  /** All assignments, those that the draft removes left out. */
  List<Assignment> assignments() {
    var assignments = new LinkedHashMap<RowKey, Assignment>();
    reads.assignments().forEach(it -> assignments.put(new PolicyRow.OfAssignment(it).key(), it));
    for (Change change : changes.values()) {
      if (change.key() instanceof RowKey.OfAssignment) {
        assignments.remove(change.key());
        if (change.afterOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
          assignments.put(change.key(), assignment);
        }
      }
    }
    return List.copyOf(assignments.values());
  }

  List<Rules.Invariant> invariants() {
    var invariants = new LinkedHashMap<RowKey, Rules.Invariant>();
    base.rules()
        .invariants()
        .forEach(it -> invariants.put(new PolicyRow.OfInvariant(it).key(), it));
    for (Change change : changes.values()) {
      if (change.key() instanceof RowKey.OfRule rule && rule.kind() == RuleKind.INVARIANT) {
        invariants.remove(rule);
        if (change.afterOrNull() instanceof PolicyRow.OfInvariant(Rules.Invariant invariant)) {
          invariants.put(rule, invariant);
        }
      }
    }
    return List.copyOf(invariants.values());
  }
}
