package dev.grantway.authorizer.freshness;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policy of one principal on one API, whole and of one revision.
 *
 * @param revision its number
 * @param hash of that revision; what equality of revisions means
 * @param api empty where the policy has no such API
 * @param direct roles from the token, from assignments and the built-in one (SEM-08)
 * @param known those of them that have permissions on this API, or inherit some
 * @param effective all roles held, inherited ones included (SEM-07)
 * @param permissions of all effective roles
 * @param roleEnds of the effective roles that are held only until an instant, through assignments
 * @param stale whether the table could not say that this is still live
 */
public record PolicyView(
    long revision,
    String hash,
    Optional<Api> api,
    Set<RoleName> direct,
    Set<RoleName> known,
    Set<RoleName> effective,
    List<Permission> permissions,
    Map<RoleName, Instant> roleEnds,
    Revocations revocations,
    boolean stale) {
  public PolicyView {
    direct = Set.copyOf(direct);
    known = Set.copyOf(known);
    effective = Set.copyOf(effective);
    permissions = List.copyOf(permissions);
    roleEnds = Map.copyOf(roleEnds);
  }
}
