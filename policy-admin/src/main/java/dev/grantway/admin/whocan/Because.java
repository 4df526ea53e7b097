package dev.grantway.admin.whocan;

import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Reach;
import dev.grantway.resource.Route;
import java.util.List;

/**
 * A permission that determines what a role may do on a route, and how the role comes by it.
 *
 * @param via from the role to the permission's own by the fewest inherited ones, both included; of
 *     one role where it is the role's own, and of {@code authenticated} where everybody has it
 */
public record Because(Permission permission, List<RoleName> via, Breadth breadth) {

  /** How the permission's pattern compares with the route. */
  public enum Breadth {
    /** It names just this route. */
    EXACT,
    /** It covers more than this route. */
    WIDER,
    /** It covers some of the route's requests only. */
    PART
  }

  public Because {
    via = List.copyOf(via);
  }

  static Because of(Permission permission, List<RoleName> via, Route route) {
    boolean whole = Reach.of(permission.resource(), route.template()) == Reach.WHOLE;
    boolean exact = permission.resource().shape().equals(route.template().shape());
    return new Because(
        permission, via, exact ? Breadth.EXACT : whole ? Breadth.WIDER : Breadth.PART);
  }

  public boolean isInherited() {
    return via.size() > 1;
  }

  public boolean isEverybodys() {
    return permission.role().equals(RoleName.AUTHENTICATED);
  }
}
