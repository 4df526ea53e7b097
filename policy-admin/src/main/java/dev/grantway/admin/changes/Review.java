package dev.grantway.admin.changes;

import dev.grantway.analysis.Finding;
import dev.grantway.revision.DraftStep;
import java.util.List;
import java.util.Optional;

/**
 * A draft before publishing.
 *
 * @param lines its changes, before and after
 * @param effect what it gains and loses
 * @param agreement who approves it, and how many must
 * @param rejection the one that stands
 * @param schedule when it is to be published by itself
 * @param broken invariants that it would break, which keep it from being published
 * @param others whoever looks at it is no author of it, and so may approve or reject it
 */
public record Review(
    DraftState draft,
    List<ChangeLine> lines,
    Effect effect,
    Agreement agreement,
    Optional<DraftStep.Reject> rejection,
    Optional<DraftStep.Schedule> schedule,
    List<Finding> broken,
    boolean others) {

  public Review {
    lines = List.copyOf(lines);
    broken = List.copyOf(broken);
  }

  static Review nothing(DraftState state) {
    return new Review(
        state,
        List.of(),
        Effect.NOTHING,
        Agreement.NOTHING_ASKED,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false);
  }

  public List<GrantChange> grants() {
    return effect.grants();
  }

  public long count(GrantChange.Kind kind) {
    return grants().stream().filter(grant -> grant.kind() == kind).count();
  }
}
