package dev.grantway.admin.security;

/** An operator asked for something that none of their operator rights allows. */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Task task;

  NotPermittedException(Operator operator, Task task) {
    super("operator `" + operator.name() + "` has no operator right for " + task);
    this.task = task;
  }

  public Task task() {
    return task;
  }
}
