package dev.grantway.store.dynamodb;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.PolicyRows;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Policy data as of one revision of the table. Bundles once read stay read. */
final class DynamoAsOf implements AsOf {
  private final View view;
  private final String hash;
  private final @Nullable Floor floorOrNull;

  /** For the base of a publish: head cannot pass it unnoticed, so the floor need not be asked. */
  DynamoAsOf(View view, String hash) {
    this(view, hash, null);
  }

  /** Asks, after each read, whether retention has passed this revision by. */
  DynamoAsOf(View view, String hash, @Nullable Floor floorOrNull) {
    this.view = view;
    this.hash = hash;
    this.floorOrNull = floorOrNull;
  }

  @Override
  public long revision() {
    return view.at().revision();
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public Page<RoleEntry> roles(String after, int limit) {
    return kept(
        () -> {
          var items = new ArrayList<RoleEntry>();
          for (RoleEntry entry : view.directory().all()) {
            if (entry.role().name().value().compareTo(after) > 0) {
              if (items.size() == limit) {
                return new Page<>(items, items.getLast().role().name().value());
              }
              items.add(entry);
            }
          }
          return new Page<>(items, null);
        });
  }

  @Override
  public Optional<RoleEntry> role(RoleName name) {
    return kept(() -> view.role(name));
  }

  @Override
  public List<StampedPermission> permissions(RoleName role) {
    return kept(() -> own(role));
  }

  private List<StampedPermission> own(RoleName role) {
    return view.role(role).stream()
        .flatMap(entry -> entry.own().stream())
        .flatMap(api -> view.slice(role, api).stream())
        .flatMap(slice -> slice.rows().stream())
        .toList();
  }

  @Override
  public SortedMap<RoleName, List<StampedPermission>> permissions(
      Collection<RoleName> roles, ApiId api) {
    return kept(() -> view.permissions(roles, api));
  }

  @Override
  public Optional<Slice> slice(RoleName role, ApiId api) {
    return kept(() -> view.slice(role, api));
  }

  @Override
  public Optional<StampedPermission> permission(PermissionId id) {
    return kept(() -> view.permission(id));
  }

  @Override
  public List<ApiEntry> apis() {
    return kept(
        () ->
            view.apiNames().entrySet().stream()
                .map(entry -> new ApiEntry(entry.getKey(), entry.getValue()))
                .toList());
  }

  @Override
  public Optional<Api> api(ApiId id) {
    return kept(() -> view.api(id));
  }

  @Override
  public Page<Assignment> assignments(String after, int limit) {
    return kept(() -> AssignmentPages.page(view, after, limit));
  }

  @Override
  public Rules rules() {
    return kept(() -> PolicyRows.rules(view.rules()));
  }

  @Override
  public List<PolicyTest> tests() {
    return kept(() -> PolicyRows.tests(view.tests()));
  }

  @Override
  public Optional<StampedRow> row(RowKey key) {
    return kept(() -> view.row(key));
  }

  @Override
  public Policy policy() {
    return kept(
        () -> {
          var permissions = new ArrayList<Permission>();
          var roles = new ArrayList<Role>();
          for (RoleEntry entry : view.directory().all()) {
            own(entry.role().name()).forEach(row -> permissions.add(row.permission()));
            if (!entry.isBuiltIn()) {
              roles.add(entry.role());
            }
          }
          return new Policy(
              view.apiNames().keySet().stream().flatMap(id -> view.api(id).stream()).toList(),
              roles,
              permissions,
              AssignmentPages.page(view, "", Integer.MAX_VALUE).items(),
              PolicyRows.rules(view.rules()));
        });
  }

  private synchronized <T> T kept(Supplier<T> answer) {
    long reads = view.reads();
    T value = answer.get();
    if (floorOrNull != null && view.reads() > reads) {
      floorOrNull.check(revision());
    }
    return value;
  }
}
