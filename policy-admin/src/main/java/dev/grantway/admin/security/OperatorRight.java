package dev.grantway.admin.security;

import static dev.grantway.admin.security.Task.CHANGE_RULES;
import static dev.grantway.admin.security.Task.DRAFT;
import static dev.grantway.admin.security.Task.EVIDENCE;
import static dev.grantway.admin.security.Task.PUBLISH;
import static dev.grantway.admin.security.Task.PUBLISH_APPROVED;
import static dev.grantway.admin.security.Task.REVOKE;
import static dev.grantway.admin.security.Task.SEE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an operator may do in the admin app (CONTRACT, operator rights). */
public enum OperatorRight {
  VIEWER(SEE),
  EDITOR(SEE, DRAFT, PUBLISH),
  APPROVER(SEE, DRAFT, PUBLISH, PUBLISH_APPROVED, REVOKE),
  OWNER(SEE, DRAFT, PUBLISH, PUBLISH_APPROVED, REVOKE, CHANGE_RULES, EVIDENCE),
  AUDITOR(SEE, EVIDENCE);

  private final Set<Task> tasks;

  OperatorRight(Task... tasks) {
    this.tasks = Set.of(tasks);
  }

  public boolean allows(Task task) {
    return tasks.contains(task);
  }

  /** The right of that name, in lower case as tokens carry it; an unknown one gives nothing. */
  public static Optional<OperatorRight> named(String text) {
    return Arrays.stream(values()).filter(right -> right.text().equals(text)).findFirst();
  }

  /** Its name as tokens carry it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
