package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * One row of a grant report: what a token with that role alone, or a principal by the roles that
 * the policy gives it, may do, or is denied, on one method of a route, as {@code decide} would have
 * it (SEM-02, SEM-07, SEM-08). Where nothing says anything there is no row.
 *
 * @param api the API's name
 * @param method the verb; {@code CONNECT} on WebSocket
 * @param route the path template, or the route key
 * @param principal whom it is of, in a report by principals
 * @param roles the role that it is of; of a principal those that it holds and that bring the
 *     permissions, {@code authenticated} among them
 * @param effect ALLOW also where a DENY of some of the requests stands beside: then it is among the
 *     permissions and the conditions
 * @param via by which roles the role comes by the permissions: a path for each, both ends included;
 *     {@code authenticated} alone is what every verified principal holds. Of a principal a path
 *     from every role that brings one of them
 * @param permissions those that determine it
 * @param conditions of each permission that does not hold for every request and time, what it takes
 * @param from before then none of its permissions of that effect applies; empty where one always
 *     did
 * @param until from then on none of them applies any more; empty where one never ends
 * @param changed the revision that last changed one of the permissions, as its record says it
 */
public record GrantRow(
    String api,
    String stage,
    String method,
    String route,
    Optional<Principal> principal,
    SortedSet<RoleName> roles,
    Effect effect,
    List<List<RoleName>> via,
    SortedSet<PermissionId> permissions,
    List<String> conditions,
    Optional<Instant> from,
    Optional<Instant> until,
    Changed changed) {

  /**
   * Somebody to whom roles are assigned.
   *
   * @param heldBy each way by which it holds one of the row's roles; none for {@code authenticated}
   */
  public record Principal(Assignment.Holder holder, List<String> heldBy) {
    public Principal {
      heldBy = List.copyOf(heldBy);
    }
  }

  /**
   * A revision.
   *
   * @param by who published it; empty where its record is not kept any more, and so is {@code at}
   */
  public record Changed(String by, Optional<Instant> at, long revision) {}

  public GrantRow {
    via = List.copyOf(via);
    conditions = List.copyOf(conditions);
  }

  /** The roles with spaces between. */
  String roleNames() {
    return roles.stream().map(RoleName::value).collect(Collectors.joining(" "));
  }

  /** Whom it is of, to people: {@code role `clerk`}, {@code subject `alice` of `corp`}. */
  public String whose() {
    return whose("`");
  }

  /** The same with another mark, or none, on both sides of each name. */
  String whose(String mark) {
    return principal
        .map(Principal::holder)
        .map(
            it ->
                it.kind().name().toLowerCase(Locale.ROOT)
                    + " "
                    + mark
                    + it.value()
                    + mark
                    + " of "
                    + mark
                    + it.issuer()
                    + mark)
        .orElseGet(() -> "role " + mark + roleNames() + mark);
  }
}
