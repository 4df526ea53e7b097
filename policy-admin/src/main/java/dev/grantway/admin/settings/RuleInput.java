package dev.grantway.admin.settings;

import dev.grantway.resource.Action;
import java.util.Set;

/** A rule as it was typed; APIs by their names, several of anything with commas between. */
public sealed interface RuleInput {

  /**
   * How many approvals a draft needs.
   *
   * @param stage {@code *} for every stage
   */
  record Approval(String api, String stage, String required) implements RuleInput {}

  /** Which APIs an operator may change. */
  record Limit(String operator, Set<String> apis) implements RuleInput {
    public Limit {
      apis = Set.copyOf(apis);
    }
  }

  /**
   * A finding that is accepted.
   *
   * @param until an instant with a zone
   */
  record Waiver(String finding, String owner, String until, String reason) implements RuleInput {}

  /**
   * What must never, or always, hold.
   *
   * @param first a request, {@code POST /orders}: of {@link Claim#NEVER_BOTH} and {@link
   *     Claim#ALWAYS}
   * @param second another: of {@link Claim#NEVER_BOTH}
   * @param role of {@link Claim#NEVER_ROLE} and {@link Claim#ALWAYS}
   * @param methods of {@link Claim#NEVER_ROLE}, like the resource
   * @param except roles, and holders of assignments, that it is not about
   */
  record Invariant(
      String name,
      String api,
      Claim claim,
      String first,
      String second,
      String role,
      Set<Action> methods,
      String resource,
      String except)
      implements RuleInput {
    public Invariant {
      methods = Set.copyOf(methods);
    }
  }

  /**
   * For how long history is kept.
   *
   * @param days empty: for ever
   */
  record Retention(String days) implements RuleInput {}

  /** The kinds of invariants. */
  enum Claim {
    NEVER_BOTH,
    NEVER_ROLE,
    ALWAYS
  }

  /** Where a problem is shown. */
  enum Field {
    NAME,
    API,
    STAGE,
    REQUIRED,
    OPERATOR,
    APIS,
    FINDING,
    OWNER,
    UNTIL,
    REASON,
    FIRST,
    SECOND,
    ROLE,
    METHODS,
    RESOURCE,
    EXCEPT,
    DAYS,
    FORM
  }
}
