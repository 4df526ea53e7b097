package dev.grantway.admin.changes;

import dev.grantway.revision.RowKey;
import java.util.List;

/**
 * A change as people read it.
 *
 * @param kind what happens to the row
 * @param what which kind of row it is: permission, role, api, assignment, rule
 * @param name of the row
 * @param role the role it belongs to, or empty
 * @param api the name of its API, or empty
 * @param fields what differs
 */
public record ChangeLine(
    RowKey key, Kind kind, String what, String name, String role, String api, List<Field> fields) {

  /** What happens to a row. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /**
   * One field before and after, empty where there is none.
   *
   * @param name such as {@code resource}
   */
  public record Field(String name, String before, String after) {}

  public ChangeLine {
    fields = List.copyOf(fields);
  }
}
