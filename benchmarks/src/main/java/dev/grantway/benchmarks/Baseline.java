package dev.grantway.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The benchmark that the others of its class are compared to; each class has exactly one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Baseline {
  /**
   * The parameters that what it does depends on. Where it was not measured under the same values of
   * all, a row is compared to it under the same values of these.
   */
  String[] value() default {};
}
