package dev.grantway.admin.roles;

import dev.grantway.resource.Action;
import java.util.Set;

/**
 * A permission as it was typed.
 *
 * @param id empty: one is made from the rest
 * @param stage {@code *} for every stage
 * @param condition one clause a line: operator, attribute, alternatives with {@code |} between
 * @param from an instant with a zone, or empty
 */
public record PermissionInput(
    String id,
    String effect,
    String stage,
    Set<Action> methods,
    String resource,
    String condition,
    String from,
    String until,
    String note) {

  /** Where a problem is shown. */
  public enum Field {
    ID,
    METHODS,
    RESOURCE,
    CONDITION,
    FROM,
    UNTIL,
    NOTE,
    FORM
  }

  public PermissionInput {
    methods = Set.copyOf(methods);
  }

  /** An ALLOW of one method on one resource, in every stage. */
  public static PermissionInput allow(Action method, String resource) {
    return new PermissionInput("", "ALLOW", "*", Set.of(method), resource, "", "", "", "");
  }
}
