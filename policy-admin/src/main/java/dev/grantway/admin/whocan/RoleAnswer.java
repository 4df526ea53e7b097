package dev.grantway.admin.whocan;

import dev.grantway.policy.RoleName;
import java.util.List;

/** What a role may do at one place, and because of which permissions. */
public record RoleAnswer(RoleName role, Standing standing, List<Because> because) {
  public RoleAnswer {
    because = List.copyOf(because);
  }
}
