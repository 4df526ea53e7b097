package dev.grantway.report;

import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One row of a grant report: what a token with that role alone may do, or is denied, on one method
 * of a route, as {@code decide} would have it (SEM-02, SEM-07, SEM-08). Where nothing says anything
 * there is no row.
 *
 * @param api the API's name
 * @param method the verb; {@code CONNECT} on WebSocket
 * @param route the path template, or the route key
 * @param effect ALLOW also where a DENY of some of the requests stands beside: then it is among the
 *     permissions and the conditions
 * @param via by which roles the role comes by the permissions: a path for each, both ends included;
 *     {@code authenticated} alone is what every verified principal holds
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
    RoleName role,
    Effect effect,
    List<List<RoleName>> via,
    SortedSet<PermissionId> permissions,
    List<String> conditions,
    Optional<Instant> from,
    Optional<Instant> until,
    Changed changed) {

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
}
