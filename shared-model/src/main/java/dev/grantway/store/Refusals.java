package dev.grantway.store;

import dev.grantway.policy.RoleName;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The refusals of one check, in the order found. */
final class Refusals {
  private final List<Refusal> found = new ArrayList<>();

  void add(String code, String message, @Nullable RowKey key) {
    found.add(new Refusal(code, message, key));
  }

  /**
   * A role that is not there.
   *
   * @param where who names it, and how, for example "role `clerk` inherits"
   */
  void unknownRole(String where, RoleName role, RowKey key) {
    add(
        "unknown-role",
        where + " the unknown role `" + role + "`: add the role or correct its name",
        key);
  }

  List<Refusal> found() {
    return found;
  }
}
