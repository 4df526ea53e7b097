package dev.grantway.admin.security;

/** Tells who acts. Every public method of a service begins by asking it. */
@FunctionalInterface
public interface Operators {

  /** Whoever is signed in. */
  Operator current();

  /** Whoever is signed in, if one of their rights allows the task; refused otherwise. */
  default Operator require(Task task) {
    Operator operator = current();
    if (!operator.may(task)) {
      throw new NotPermittedException(operator, task);
    }
    return operator;
  }
}
