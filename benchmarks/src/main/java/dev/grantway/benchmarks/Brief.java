package dev.grantway.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What {@code --brief} measures of a class: some methods under some of the values of its
 * parameters. A class without it is measured whole.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Brief.All.class)
public @interface Brief {
  /** Names of methods. */
  String[] methods();

  /** {@code parameter=value,value}; a parameter that is not named takes every value. */
  String[] with() default {};

  /** Several of them. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    Brief[] value();
  }
}
