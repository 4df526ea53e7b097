package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Conditions;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The law of the key: a document depends on the cache key, the revision and time, and on nothing
 * else. What IAM cannot test is false on an ALLOW and true on a DENY (GATEWAY, caching).
 */
record KeyLaw(CacheKey key) {

  /** What one clause comes to; empty while it is open. */
  private interface Settling extends Function<Condition.Clause, Optional<Boolean>> {}

  /** The permissions without clauses on headers and query that are not part of the key. */
  List<Permission> withoutForeignInput(CompileRequest request) {
    return settle(request.permissions(), permission -> clause -> foreign(clause, permission));
  }

  /**
   * The permissions that may apply in that stage, with all conditions settled but for time and
   * address; roles that end are part of the validity.
   */
  List<Permission> settled(CompileRequest request) {
    AccessRequest access = request.request();
    List<Permission> near =
        request.permissions().stream()
            .filter(permission -> permission.api().equals(access.api()))
            .filter(permission -> permission.stage().includes(access.stage()))
            .filter(permission -> access.principal().roles().contains(permission.role()))
            .flatMap(permission -> whileHeld(permission, request.roleEnds()).stream())
            .toList();
    return settle(near, permission -> clause -> settled(clause, permission, access));
  }

  private Optional<Boolean> settled(
      Condition.Clause clause, Permission permission, AccessRequest access) {
    return switch (clause.attribute()) {
      case Attribute.Now now -> Optional.empty();
      case Attribute.SourceIp ip -> Optional.empty();
      case Attribute.Header header ->
          foreign(clause, permission).or(() -> outcome(clause, permission, access));
      case Attribute.Query query ->
          foreign(clause, permission).or(() -> outcome(clause, permission, access));
      case Attribute.Claim claim -> outcome(clause, permission, access);
      case Attribute.Scopes scopes -> outcome(clause, permission, access);
      case Attribute.Client client -> outcome(clause, permission, access);
    };
  }

  private static Optional<Boolean> outcome(
      Condition.Clause clause, Permission permission, AccessRequest access) {
    return Optional.of(Conditions.outcome(clause, access).holdsOn(permission.effect()));
  }

  private Optional<Boolean> foreign(Condition.Clause clause, Permission permission) {
    boolean foreign =
        clause.attribute() instanceof Attribute.Header(var header)
                && !key.headers().contains(header)
            || clause.attribute() instanceof Attribute.Query(var query)
                && !key.query().contains(query);
    return foreign ? Optional.of(permission.effect() == Effect.DENY) : Optional.empty();
  }

  private static List<Permission> settle(
      Iterable<Permission> permissions, Function<Permission, Settling> settling) {
    var settled = new ArrayList<Permission>();
    for (Permission permission : permissions) {
      var open = new ArrayList<Condition.Clause>();
      boolean holds = true;
      for (Condition.Clause clause : permission.condition().clauses()) {
        Optional<Boolean> outcome = settling.apply(permission).apply(clause);
        if (outcome.isEmpty()) {
          open.add(clause);
        } else {
          holds &= outcome.get();
        }
      }
      if (holds) {
        settled.add(permission.with(new Condition(open), permission.validity()));
      }
    }
    return settled;
  }

  private static Optional<Permission> whileHeld(Permission permission, Map<?, Instant> roleEnds) {
    Instant end = roleEnds.get(permission.role());
    Validity validity = permission.validity();
    if (end == null || validity.until().filter(until -> !until.isAfter(end)).isPresent()) {
      return Optional.of(permission);
    }
    boolean never = validity.from().filter(from -> !from.isBefore(end)).isPresent();
    return never
        ? Optional.empty()
        : Optional.of(
            permission.with(permission.condition(), new Validity(validity.fromOrNull(), end)));
  }
}
