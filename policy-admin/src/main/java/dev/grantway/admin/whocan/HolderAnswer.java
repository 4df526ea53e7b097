package dev.grantway.admin.whocan;

import dev.grantway.policy.Assignment;
import java.util.List;

/**
 * What somebody may do at one place by all roles that are assigned to them and say something about
 * it.
 *
 * @param by those assignments, live at the time
 */
public record HolderAnswer(Assignment.Holder holder, Standing standing, List<Assignment> by) {
  public HolderAnswer {
    by = List.copyOf(by);
  }
}
