package dev.grantway.admin.usage;

import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What callers of a role did.
 *
 * @param lines the routes that the role may call, the never called first, then by last call
 * @param unused how many of all of them nobody called
 */
public record RoleUse(RoleName role, List<Line> lines, int unused) {
  public RoleUse {
    lines = List.copyOf(lines);
  }

  /**
   * One route.
   *
   * @param conditional the role may call it for some requests only
   */
  public record Line(String route, boolean conditional, long calls, Optional<Instant> last) {}
}
