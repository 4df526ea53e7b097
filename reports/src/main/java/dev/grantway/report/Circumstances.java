package dev.grantway.report;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Reach;
import dev.grantway.store.StampedPermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** When, and for which requests, the permissions hold that determine a grant. */
record Circumstances(Grant grant, Effect effect, List<StampedPermission> by) {

  /** What is allowed whatever is asked, and when, is so by permissions that ask for nothing. */
  List<String> conditions() {
    return grant.isAllowed() && !grant.conditional() ? List.of() : spelled();
  }

  private List<String> spelled() {
    return by.stream().map(StampedPermission::permission).flatMap(this::condition).toList();
  }

  private Stream<String> condition(Permission permission) {
    var parts = new ArrayList<String>();
    if (permission.effect() != effect) {
      parts.add(permission.effect().name());
    }
    if (Reach.of(permission.resource(), grant.route().template()) != Reach.WHOLE) {
      parts.add("only " + permission.resource());
    }
    permission.condition().clauses().stream().map(Condition.Clause::text).forEach(parts::add);
    permission.validity().from().ifPresent(it -> parts.add("from " + it));
    permission.validity().until().ifPresent(it -> parts.add("until " + it));
    return parts.isEmpty()
        ? Stream.empty()
        : Stream.of(permission.id() + ": " + String.join("; ", parts));
  }

  Optional<Instant> from() {
    return outermost(it -> it.validity().from(), Comparator.reverseOrder());
  }

  Optional<Instant> until() {
    return outermost(it -> it.validity().until(), Comparator.naturalOrder());
  }

  /** The last by that order; none where a permission of the effect has none. */
  private Optional<Instant> outermost(
      Function<Permission, Optional<Instant>> end, Comparator<Instant> order) {
    List<Optional<Instant>> ends =
        by.stream()
            .map(StampedPermission::permission)
            .filter(it -> it.effect() == effect)
            .map(end)
            .toList();
    return ends.stream().allMatch(Optional::isPresent)
        ? ends.stream().flatMap(Optional::stream).max(order)
        : Optional.empty();
  }
}
