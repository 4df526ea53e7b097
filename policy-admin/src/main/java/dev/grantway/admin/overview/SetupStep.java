package dev.grantway.admin.overview;

import dev.grantway.admin.common.Sentence;

/**
 * Something that belongs to setting up a stage, and whether it is done, as the table says.
 *
 * @param says what there is, or what to do
 */
public record SetupStep(Kind kind, boolean done, Sentence says) {

  /** In the order in which they are done. */
  public enum Kind {
    /** The API has a route table. */
    ROUTES,
    /** A role has a permission there. */
    PERMISSIONS,
    /** Somebody has a role: by an assignment, or seen with one at the gateway. */
    PEOPLE,
    /** An instance of the authorizer has reported itself for the stage. */
    REPORTED,
    /** Every instance serves the live revision. */
    SERVED,
    /** A rule says how many approvals a publish needs. */
    APPROVALS,
    /** Checkpoints are copied outside the table. */
    COPIES
  }

  static SetupStep of(Kind kind, boolean done, Object... facts) {
    String key = "overview.setup." + kind + (done ? ".done" : ".todo");
    return new SetupStep(kind, done, Sentence.of(key, facts));
  }
}
