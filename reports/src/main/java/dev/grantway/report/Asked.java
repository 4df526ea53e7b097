package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Of whom rows are asked: a token with one role alone, or a principal with all that it holds.
 *
 * @param principal empty where a role is asked about
 * @param roles that it holds, beside {@code authenticated}, which everybody does
 * @param first the role that is asked about, or the first that the principal holds
 * @param alone that role
 * @param told what rows say of the principal, by the roles that bring it the permissions
 */
record Asked(
    Optional<Assignment.Holder> principal,
    List<HeldRole> roles,
    RoleName first,
    SortedSet<RoleName> alone,
    IdentityHashMap<SortedSet<RoleName>, Optional<GrantRow.Principal>> told) {

  static Asked ofRole(RoleName role) {
    return new Asked(Optional.empty(), List.of(), role, alone(role), new IdentityHashMap<>());
  }

  static Asked ofPrincipal(Assignment.Holder principal, List<HeldRole> roles) {
    RoleName first = roles.isEmpty() ? RoleName.AUTHENTICATED : roles.getFirst().role();
    return new Asked(Optional.of(principal), roles, first, alone(first), new IdentityHashMap<>());
  }

  /** The roles by which it holds others, {@code authenticated} last, and when each ends. */
  Map<RoleName, Optional<Instant>> heads() {
    var heads = new LinkedHashMap<RoleName, Optional<Instant>>();
    if (principal.isEmpty()) {
      heads.put(first, Optional.empty());
    }
    roles.forEach(it -> heads.put(it.role(), it.end()));
    heads.remove(RoleName.AUTHENTICATED);
    heads.put(RoleName.AUTHENTICATED, Optional.empty());
    return heads;
  }

  private static SortedSet<RoleName> alone(RoleName role) {
    return new TreeSet<>(List.of(role));
  }

  /**
   * What a row says of who it is of, given by which of its roles it comes by the permissions; for
   * the same set the same object.
   */
  Optional<GrantRow.Principal> principal(SortedSet<RoleName> by) {
    return principal.isEmpty() ? Optional.empty() : told.computeIfAbsent(by, this::toldOf);
  }

  private Optional<GrantRow.Principal> toldOf(SortedSet<RoleName> by) {
    return principal.map(
        it ->
            new GrantRow.Principal(
                it,
                roles.stream()
                    .filter(role -> by.contains(role.role()))
                    .flatMap(HeldRole::texts)
                    .toList()));
  }
}
