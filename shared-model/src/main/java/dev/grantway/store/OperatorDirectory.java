package dev.grantway.store;

import java.util.List;
import java.util.Optional;

/**
 * Who has signed in, with the rights they had then: what rules are asked of people who are not at
 * their browser, such as the author of a draft that is published later.
 */
public interface OperatorDirectory {

  /** Puts an operator in the place of what was known of them. */
  void seen(KnownOperator operator);

  Optional<KnownOperator> find(String name);

  /** All of them, by name. */
  List<KnownOperator> all();
}
