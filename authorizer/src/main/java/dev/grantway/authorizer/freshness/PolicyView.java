package dev.grantway.authorizer.freshness;

import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.store.LiveRevocations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policy of one principal on one API, whole and of one revision.
 *
 * @param revision its number
 * @param holdings what the roles of the principal come to
 * @param roleEnds of the effective roles that are held only until an instant, through assignments
 * @param reads how many reads of the table were waited for
 * @param liveAt when the table last said that this revision is head
 * @param staleUntil where the table could not say that this is still live: the whole second at
 *     which it may serve no longer, nor what is made of it
 */
public record PolicyView(
    long revision,
    Holdings holdings,
    Map<RoleName, Instant> roleEnds,
    LiveRevocations revocations,
    int reads,
    Instant liveAt,
    Optional<Instant> staleUntil) {
  public PolicyView {
    roleEnds = Map.copyOf(roleEnds);
  }

  /** Of that revision; what equality of revisions means. */
  public String hash() {
    return holdings.hash();
  }

  /** Empty where the policy has no such API. */
  public Optional<Api> api() {
    return holdings.api();
  }

  /** Roles from the token, from assignments and the built-in one (SEM-08). */
  public Set<RoleName> direct() {
    return holdings.direct();
  }

  /** Those of them that have permissions on this API, or inherit some. */
  public Set<RoleName> known() {
    return holdings.known();
  }

  /** All roles held, inherited ones included (SEM-07). */
  public Set<RoleName> effective() {
    return holdings.effective();
  }

  /** Of all effective roles. */
  public List<Permission> permissions() {
    return holdings.permissions();
  }

  /** Whether the table could not say that this is still live. */
  public boolean stale() {
    return staleUntil.isPresent();
  }

  /** How many direct roles the policy has nothing of here; the built-in one is not counted. */
  public int unknownRoles() {
    return holdings.unknownRoles();
  }

  /** The same, which the table could not say is still live. */
  PolicyView staleUntil(Instant limit) {
    return new PolicyView(
        revision, holdings, roleEnds, revocations, reads, liveAt, Optional.of(limit));
  }

  /**
   * Until when each role is held by what is made of this and used up to that instant: data from
   * before an outage give nothing beyond their limit.
   */
  public Map<RoleName, Instant> roleEnds(Instant lastUse) {
    return staleUntil.filter(end -> !end.isAfter(lastUse)).map(this::endingBy).orElse(roleEnds);
  }

  private Map<RoleName, Instant> endingBy(Instant limit) {
    Map<RoleName, Instant> ends = new HashMap<>();
    for (var role : effective()) {
      var own = roleEnds.getOrDefault(role, limit);
      ends.put(role, own.isBefore(limit) ? own : limit);
    }
    return ends;
  }
}
