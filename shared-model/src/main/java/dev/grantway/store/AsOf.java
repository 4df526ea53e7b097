package dev.grantway.store;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All policy data as of one revision (REV-04). Every answer, however late, is of that revision.
 * Throws {@link StoreException}; {@link StoreException.NotKept} once retention has passed it by.
 */
public interface AsOf {

  /** The revision that answers. */
  long revision();

  /** The hash of that revision's record. */
  String hash();

  /** Roles by name, after the cursor (empty: from the first). */
  Page<RoleEntry> roles(String after, int limit);

  Optional<RoleEntry> role(RoleName name);

  /** The role's own permissions in all APIs, by API and id. */
  List<StampedPermission> permissions(RoleName role);

  /**
   * The own permissions of several roles in one API, by role and id; roles without any are left
   * out. They are read together, which asking role by role is not.
   */
  SortedMap<RoleName, List<StampedPermission>> permissions(Collection<RoleName> roles, ApiId api);

  /** The role's own permissions in one API and the roles it inherits. */
  Optional<Slice> slice(RoleName role, ApiId api);

  /** Where the permission with that id is. */
  Optional<StampedPermission> permission(PermissionId id);

  /** APIs by id. */
  List<ApiEntry> apis();

  Optional<Api> api(ApiId id);

  /** Assignments by issuer and kind, after the cursor (empty: from the first). */
  Page<Assignment> assignments(String after, int limit);

  Rules rules();

  /** The policy's tests, by name; they name APIs by id. */
  List<PolicyTest> tests();

  /** The row under a key, of whatever kind. */
  Optional<StampedRow> row(RowKey key);

  /** Everything at once: for policies known to be small, such as the sandbox's. */
  Policy policy();
}
