package dev.grantway.usage;

import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import java.time.Instant;
import java.util.SortedSet;

/**
 * One call that a log tells of.
 *
 * @param route the method, a space and the template; on WebSocket {@code CONNECT} and the route key
 * @param who the caller's pseudonym, 16 hexadecimal digits; empty where the log names nobody
 * @param allowed false: denied by policy data (403)
 */
public record Call(
    UsageDay.Kind kind,
    Instant at,
    String api,
    String stage,
    String route,
    SortedSet<RoleName> roles,
    String who,
    boolean allowed) {}
