package dev.grantway.admin.roles;

import java.util.Set;

/** A role as it was typed. */
public record RoleInput(String name, String description, String owner, Set<String> inherits) {

  /** Where a problem is shown. */
  public enum Field {
    NAME,
    DESCRIPTION,
    INHERITS,
    FORM
  }

  public RoleInput {
    inherits = Set.copyOf(inherits);
  }
}
