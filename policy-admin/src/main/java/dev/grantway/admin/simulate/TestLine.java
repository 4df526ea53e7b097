package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.Staging;
import dev.grantway.decision.PolicyTest;
import java.util.Optional;

/**
 * A test of the policy in the list.
 *
 * @param test as the draft has it; one that the draft deletes, as it was
 * @param apiName the name of its API, or the id where there is none of it
 * @param live what it comes to without the draft
 * @param draft what it comes to with the draft
 * @param input the same as a request to simulate; none where the form cannot say it, or the API has
 *     no such stage
 */
public record TestLine(
    PolicyTest test,
    String apiName,
    Staging staged,
    Ran live,
    Ran draft,
    Optional<SimulationInput> input) {

  /** What running a test comes to. */
  public sealed interface Ran {
    record Passed() implements Ran {}

    /**
     * It is answered otherwise than it expects.
     *
     * @param why as in {@code expected ALLOW, got DENY by [] (default-deny)}
     */
    record Failed(String why) implements Ran {}

    /** There is no such test on that side. */
    record NotThere() implements Ran {}
  }

  boolean isFailing() {
    return draft instanceof Ran.Failed || live instanceof Ran.Failed;
  }
}
