package dev.grantway.admin.assignments;

import java.util.List;

/**
 * Some of the assignments.
 *
 * @param lines first what the draft adds, on the first page
 * @param next where to go on; empty at the end
 * @param looked how many assignments were looked through for this page; where nothing matched, as
 *     many again can be asked for
 */
public record AssignmentPage(List<AssignmentLine> lines, String next, int looked) {
  public AssignmentPage {
    lines = List.copyOf(lines);
  }
}
