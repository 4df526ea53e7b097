package dev.grantway.admin.assignments;

import dev.grantway.admin.assignments.AssignmentInput.Field;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a typed assignment; each problem is told of at its field. */
final class AssignmentReader {
  private static final RoleName ANY = RoleName.AUTHENTICATED;

  private AssignmentReader() {}

  static Reading<Assignment, Field> read(AssignmentInput input) {
    var problems = new FormProblems<>(Field.class);
    String issuer = input.issuer().strip();
    String value = input.value().strip();
    Optional<RoleName> role = role(input.role().strip(), problems);
    @Nullable Instant until = problems.instant(Field.UNTIL, input.until()).orElse(null);
    // The record checks all of itself at once: what is wrong of each part is asked with the rest
    // right.
    problems.model(Field.ISSUER, () -> new Assignment(ANY, issuer, input.kind(), "x", null));
    problems.model(Field.VALUE, () -> new Assignment(ANY, "x", input.kind(), value, null));
    Optional<Assignment> read =
        problems.isEmpty()
            ? problems.model(
                Field.UNTIL,
                () -> new Assignment(role.orElseThrow(), issuer, input.kind(), value, until))
            : Optional.empty();
    return problems.reading(read);
  }

  private static Optional<RoleName> role(String text, FormProblems<Field> problems) {
    if (text.isEmpty()) {
      return problems.refuse(Field.ROLE, "problem.assignment.role");
    }
    Optional<RoleName> role = problems.model(Field.ROLE, () -> new RoleName(text));
    return role.filter(RoleName.AUTHENTICATED::equals).isPresent()
        ? problems.refuse(Field.ROLE, "problem.assignment.builtin")
        : role;
  }
}
