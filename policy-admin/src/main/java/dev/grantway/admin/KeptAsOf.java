package dev.grantway.admin;

import dev.grantway.admin.common.Latest;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Policy data as of a revision, where the slices, route tables, roles and rules that were read last
 * are kept for all requests: a click on a cell needs those of the click before.
 */
final class KeptAsOf implements AsOf {
  private final AsOf read;
  private final Readings kept;

  KeptAsOf(AsOf read, Readings kept) {
    this.read = read;
    this.kept = kept;
  }

  /** What is kept of all revisions, told apart by the hashes of their records. */
  static final class Readings {
    /** With 400 bytes or so each, 20 MB. */
    private static final long MOST_PERMISSIONS = 50_000;

    /** What questions about every role read, 60 MB. */
    private static final long MOST_OF_MANY = 150_000;

    /** With 700 bytes or so each, 40 MB. */
    private static final long MOST_ROUTES = 60_000;

    private static final int MOST_ROLES = 1_000;
    private static final int MOST_RULES = 8;

    private final Latest<SliceAt, Optional<Slice>> slices =
        new Latest<>(MOST_PERMISSIONS, it -> 1 + it.map(slice -> slice.rows().size()).orElse(0));
    private final Latest<SliceAt, List<StampedPermission>> rows =
        new Latest<>(MOST_OF_MANY, it -> 1 + it.size());
    private final Latest<ApiAt, Optional<Api>> apis =
        new Latest<>(MOST_ROUTES, it -> 1 + it.map(api -> api.routes().routes().size()).orElse(0));
    private final Latest<RoleAt, Optional<RoleEntry>> roles = new Latest<>(MOST_ROLES);
    private final Latest<String, Rules> rules = new Latest<>(MOST_RULES);
  }

  private record SliceAt(String hash, RoleName role, ApiId api) {}

  private record ApiAt(String hash, ApiId api) {}

  private record RoleAt(String hash, RoleName role) {}

  @Override
  public Optional<Slice> slice(RoleName role, ApiId api) {
    return kept.slices.get(new SliceAt(hash(), role, api), () -> read.slice(role, api));
  }

  @Override
  public Optional<Api> api(ApiId id) {
    return kept.apis.get(new ApiAt(hash(), id), () -> read.api(id));
  }

  @Override
  public SortedMap<RoleName, List<StampedPermission>> permissions(
      Collection<RoleName> roles, ApiId api) {
    var found = new TreeMap<RoleName, List<StampedPermission>>();
    var missing = new ArrayList<RoleName>();
    for (RoleName role : roles) {
      known(new SliceAt(hash(), role, api))
          .ifPresentOrElse(
              rows -> {
                if (!rows.isEmpty()) {
                  found.put(role, rows);
                }
              },
              () -> missing.add(role));
    }
    if (!missing.isEmpty()) {
      SortedMap<RoleName, List<StampedPermission>> fresh = read.permissions(missing, api);
      missing.forEach(
          role ->
              kept.rows.keep(new SliceAt(hash(), role, api), fresh.getOrDefault(role, List.of())));
      found.putAll(fresh);
    }
    return found;
  }

  private Optional<List<StampedPermission>> known(SliceAt at) {
    return kept.rows
        .known(at)
        .or(() -> kept.slices.known(at).map(it -> it.map(Slice::rows).orElse(List.of())));
  }

  @Override
  public long revision() {
    return read.revision();
  }

  @Override
  public String hash() {
    return read.hash();
  }

  @Override
  public Page<RoleEntry> roles(String after, int limit) {
    return read.roles(after, limit);
  }

  @Override
  public Optional<RoleEntry> role(RoleName name) {
    return kept.roles.get(new RoleAt(hash(), name), () -> read.role(name));
  }

  @Override
  public List<StampedPermission> permissions(RoleName role) {
    return read.permissions(role);
  }

  @Override
  public Optional<StampedPermission> permission(PermissionId id) {
    return read.permission(id);
  }

  @Override
  public List<ApiEntry> apis() {
    return read.apis();
  }

  @Override
  public Page<Assignment> assignments(String after, int limit) {
    return read.assignments(after, limit);
  }

  @Override
  public Rules rules() {
    return kept.rules.get(hash(), read::rules);
  }

  @Override
  public List<PolicyTest> tests() {
    return read.tests();
  }

  @Override
  public Optional<StampedRow> row(RowKey key) {
    return key instanceof RowKey.OfPermission it
        ? slice(it.role(), it.api()).stream()
            .flatMap(slice -> slice.rows().stream())
            .filter(row -> row.permission().id().equals(it.id()))
            .findFirst()
            .map(row -> new StampedRow(new PolicyRow.OfPermission(row.permission()), row.since()))
        : read.row(key);
  }

  @Override
  public Policy policy() {
    return read.policy();
  }
}
