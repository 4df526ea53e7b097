package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.Collection;
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
 */
record Asked(Optional<Assignment.Holder> principal, List<HeldRole> roles, RoleName first) {

  static Asked ofRole(RoleName role) {
    return new Asked(Optional.empty(), List.of(), role);
  }

  static Asked ofPrincipal(Assignment.Holder principal, List<HeldRole> roles) {
    return new Asked(
        Optional.of(principal),
        roles,
        roles.isEmpty() ? RoleName.AUTHENTICATED : roles.getFirst().role());
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

  /** The role that is asked about. */
  SortedSet<RoleName> alone() {
    return new TreeSet<>(List.of(first));
  }

  /** What a row says of who it is of, given by which of its roles it comes by the permissions. */
  Optional<GrantRow.Principal> principal(Collection<RoleName> by) {
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
