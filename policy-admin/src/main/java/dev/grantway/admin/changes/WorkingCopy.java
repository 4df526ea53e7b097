package dev.grantway.admin.changes;

import dev.grantway.admin.common.OncePerRequest;
import dev.grantway.analysis.PolicyView;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Policy data as they would be with the changes of a draft: its base with the changes over it. */
public final class WorkingCopy implements PolicyView {
  private final BaseReads reads;
  private final AsOf base;
  private final Map<RowKey, Change> changes = new LinkedHashMap<>();
  private final Map<Place, List<Change>> permissionChanges = new HashMap<>();
  private final Map<Place, List<Permission>> permissions = new HashMap<>();
  private @Nullable Map<PermissionId, Change> stagedById;

  private record Place(RoleName role, ApiId api) {}

  private record ReadsOf(String hash) {}

  public WorkingCopy(AsOf base, Collection<Change> changes) {
    this(OncePerRequest.get(new ReadsOf(base.hash()), () -> new BaseReads(base)), changes);
  }

  private WorkingCopy(BaseReads reads, Collection<Change> changes) {
    this.reads = reads;
    this.base = reads.base();
    for (Change change : changes) {
      this.changes.put(change.key(), change);
      if (change.key() instanceof RowKey.OfPermission key) {
        permissionChanges
            .computeIfAbsent(new Place(key.role(), key.api()), place -> new ArrayList<>())
            .add(change);
      }
    }
  }

  public AsOf base() {
    return base;
  }

  /** The same without the changes; what was read for one is not read again for the other. */
  public WorkingCopy withoutChanges() {
    return new WorkingCopy(reads, List.of());
  }

  /** The same with an edit over it. */
  public WorkingCopy with(List<Change> edit) {
    return new WorkingCopy(reads, Draft.net(List.of(List.copyOf(changes.values()), edit)));
  }

  /** What the draft does, one change for each row. */
  public Collection<Change> changes() {
    return Collections.unmodifiableCollection(changes.values());
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
  @Override
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
    var place = new Place(role, api);
    List<Change> over = permissionChanges.getOrDefault(place, List.of());
    return over.isEmpty()
        ? reads.permissions(role, api)
        : permissions.computeIfAbsent(place, it -> merged(reads.permissions(role, api), over));
  }

  private static List<Permission> merged(List<Permission> base, List<Change> over) {
    var rows = new TreeMap<PermissionId, Permission>();
    base.forEach(it -> rows.put(it.id(), it));
    for (Change change : over) {
      rows.remove(((RowKey.OfPermission) change.key()).id());
      if (change.afterOrNull() instanceof PolicyRow.OfPermission(Permission permission)) {
        rows.put(permission.id(), permission);
      }
    }
    return List.copyOf(rows.values());
  }

  /** The permissions of several roles in one API. */
  @Override
  public List<Permission> permissions(Collection<RoleName> roles, ApiId api) {
    fetch(roles, api);
    var all = new ArrayList<Permission>();
    roles.forEach(role -> all.addAll(permissions(role, api)));
    return all;
  }

  /** Reads together what the permissions of these roles will be asked for. */
  public void fetch(Collection<RoleName> roles, ApiId api) {
    reads.fetch(roles, api);
  }

  /** True if some permission has, or had at the base, that id. */
  public boolean isTaken(PermissionId id) {
    return stagedById().containsKey(id) || base.permission(id).isPresent();
  }

  /** Changes of permissions; where one moves from role to role, the change that adds it there. */
  private Map<PermissionId, Change> stagedById() {
    if (stagedById == null) {
      var staged = new HashMap<PermissionId, Change>();
      for (Change change : changes.values()) {
        if (change.key() instanceof RowKey.OfPermission key) {
          staged.merge(key.id(), change, (one, other) -> one.afterOrNull() == null ? other : one);
        }
      }
      stagedById = staged;
    }
    return stagedById;
  }

  @Override
  public Optional<Permission> permission(PermissionId id) {
    Change staged = stagedById().get(id);
    return staged == null
        ? base.permission(id).map(StampedPermission::permission)
        : staged.after().map(row -> ((PolicyRow.OfPermission) row).permission());
  }

  /** The name of an API; its id where it is not known. */
  public String apiName(ApiId id) {
    return api(id).map(Api::name).orElseGet(id::value);
  }

  /** All APIs by id, those that the draft removes left out. */
  @Override
  public List<Api> apis() {
    var apis = new TreeMap<ApiId, Api>();
    reads.apiIds().forEach(id -> reads.api(id).ifPresent(api -> apis.put(id, api)));
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
  @Override
  public List<Assignment> assignments() {
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

  @Override
  public Optional<Api> api(ApiId id) {
    Change change = changes.get(new RowKey.OfApi(id));
    return change == null
        ? reads.api(id)
        : change.after().map(row -> ((PolicyRow.OfApi) row).api());
  }

  /**
   * As much of the policy as decides about these callers on these APIs: their roles' permissions,
   * and the assignments that are about them. A caller without an issuer is nobody in particular,
   * whom no assignment gives a role.
   */
  public Policy about(Collection<PolicyTest.Caller> callers, Collection<Api> apis) {
    SortedMap<RoleName, Role> roles = roles();
    List<Assignment> given = assignmentsOf(callers);
    Set<String> named =
        callers.stream().flatMap(caller -> caller.roles().stream()).collect(Collectors.toSet());
    var held = new TreeSet<RoleName>(Set.of(RoleName.AUTHENTICATED));
    roles.keySet().stream().filter(role -> named.contains(role.value())).forEach(held::add);
    given.forEach(it -> held.add(it.role()));
    SortedSet<RoleName> holding = new RoleGraph(roles.values()).closure(held);
    List<Permission> theirs =
        apis.stream().flatMap(api -> permissions(holding, api.id()).stream()).toList();
    return new Policy(List.copyOf(apis), List.copyOf(roles.values()), theirs, given, Rules.NONE);
  }

  private List<Assignment> assignmentsOf(Collection<PolicyTest.Caller> callers) {
    Set<String> issuers =
        callers.stream().map(PolicyTest.Caller::issuer).collect(Collectors.toSet());
    issuers.remove("");
    return issuers.isEmpty()
        ? List.of()
        : assignments().stream()
            .filter(it -> callers.stream().anyMatch(caller -> PolicyDecider.isGiven(it, caller)))
            .toList();
  }

  /** All tests by name, those that the draft removes left out. */
  public List<PolicyTest> tests() {
    var tests = new TreeMap<String, PolicyTest>();
    reads.tests().forEach(test -> tests.put(test.name(), test));
    for (Change change : changes.values()) {
      if (change.beforeOrNull() instanceof PolicyRow.OfTest(PolicyTest test)) {
        tests.remove(test.name());
      }
      if (change.afterOrNull() instanceof PolicyRow.OfTest(PolicyTest test)) {
        tests.put(test.name(), test);
      }
    }
    return List.copyOf(tests.values());
  }

  /** All invariants, those that the draft removes left out. */
  public List<Rules.Invariant> invariants() {
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
