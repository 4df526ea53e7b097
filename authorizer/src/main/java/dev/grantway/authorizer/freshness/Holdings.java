package dev.grantway.authorizer.freshness;

import dev.grantway.decision.LookedAt;
import dev.grantway.decision.PermissionIndex;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.RequestPath;
import dev.grantway.store.Head;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a set of roles comes to on one API at one revision, whoever holds them: made once, and kept
 * by {@link HeldHoldings} for the next caller with the same roles.
 */
public final class Holdings {
  private final String hash;
  private final Optional<Api> api;
  private final Set<RoleName> direct;
  private final Set<RoleName> known;
  private final List<String> knownNames;
  private final String joinedNames;
  private final int unknownRoles;
  private final Set<RoleName> effective;
  private final List<Permission> permissions;
  private final PermissionIndex index;
  private final LookedAt lookedAt;

  Holdings(
      Head head,
      Optional<Api> api,
      Set<RoleName> direct,
      Set<RoleName> known,
      Set<RoleName> effective,
      List<Permission> permissions) {
    hash = head.hash();
    this.api = api;
    this.direct = Set.copyOf(direct);
    this.known = Set.copyOf(known);
    knownNames = known.stream().map(RoleName::value).sorted().toList();
    joinedNames = String.join(",", knownNames);
    unknownRoles =
        (int)
            direct.stream()
                .filter(role -> !known.contains(role) && !role.equals(RoleName.AUTHENTICATED))
                .count();
    this.effective = Set.copyOf(effective);
    this.permissions = List.copyOf(permissions);
    index = new PermissionIndex(this.permissions);
    lookedAt = LookedAt.by(this.permissions);
  }

  String hash() {
    return hash;
  }

  Optional<Api> api() {
    return api;
  }

  Set<RoleName> direct() {
    return direct;
  }

  Set<RoleName> known() {
    return known;
  }

  /** The names of the known roles, sorted. */
  public List<String> knownNames() {
    return knownNames;
  }

  /** The same with commas between them. */
  public String joinedNames() {
    return joinedNames;
  }

  int unknownRoles() {
    return unknownRoles;
  }

  Set<RoleName> effective() {
    return effective;
  }

  List<Permission> permissions() {
    return permissions;
  }

  /** Of the permissions, all that can decide on that path, in their order. */
  public Collection<Permission> near(RequestPath path) {
    return index.near(path);
  }

  /** What the permissions look at. */
  public LookedAt lookedAt() {
    return lookedAt;
  }

  /** Shows no role. */
  @Override
  public String toString() {
    return "holdings of " + direct.size() + " roles";
  }
}
