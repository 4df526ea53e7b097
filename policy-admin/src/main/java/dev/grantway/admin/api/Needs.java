package dev.grantway.admin.api;

import dev.grantway.admin.security.Task;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a call's caller must have an operator right for, asked before its parameters and its body
 * are read. Services ask again, each for itself.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {
  Task value();

  /** The statuses that it is answered with where it is not refused. */
  int[] answers() default 200;

  /** Whether its cursors are of one state of the list, and refused with 409 in another. */
  boolean pagesOfOneState() default false;
}
