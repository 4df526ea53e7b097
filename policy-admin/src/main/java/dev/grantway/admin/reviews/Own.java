package dev.grantway.admin.reviews;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.store.MembershipList;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The reviewers' own access: roles that are assigned to a subject of their name, whatever the
 * issuer and in whatever case, or to a group that the membership list has such a subject in.
 */
final class Own {
  private final SortedSet<String> reviewers;
  private final Map<Assignment.Holder, Set<String>> members = new HashMap<>();
  private final Map<String, SortedSet<RoleName>> direct = new TreeMap<>();
  private final Map<RoleName, Set<String>> holders = new HashMap<>();

  Own(SortedSet<String> reviewers, Optional<MembershipList> memberships) {
    this.reviewers = reviewers;
    memberships.stream()
        .flatMap(list -> list.rows().stream())
        .forEach(
            row ->
                named(row.subject())
                    .forEach(
                        reviewer ->
                            members
                                .computeIfAbsent(row.through(), it -> new HashSet<>())
                                .add(reviewer)));
  }

  private Collection<String> named(String subject) {
    return reviewers.stream().filter(it -> it.equalsIgnoreCase(subject)).toList();
  }

  /** The reviewers whom an assignment gives its role. */
  Collection<String> of(Assignment it) {
    return switch (it.kind()) {
      case SUBJECT -> named(it.value());
      case GROUP -> members.getOrDefault(it.holder(), Set.of());
      case CLIENT -> Set.of();
    };
  }

  /** Takes an assignment into account. */
  void add(Assignment it, Instant now) {
    if (it.isLiveAt(now)) {
      of(it)
          .forEach(
              reviewer -> direct.computeIfAbsent(reviewer, key -> new TreeSet<>()).add(it.role()));
    }
  }

  /** Works out who holds what, once every assignment was taken into account. */
  void settle(RoleGraph graph) {
    direct.forEach(
        (reviewer, roles) ->
            graph
                .closure(roles)
                .forEach(
                    role -> holders.computeIfAbsent(role, it -> new HashSet<>()).add(reviewer)));
  }

  /** The reviewers who hold a role; what everybody has is nobody's own. */
  Collection<String> holders(RoleName role) {
    return role.equals(RoleName.AUTHENTICATED) ? Set.of() : holders.getOrDefault(role, Set.of());
  }
}
