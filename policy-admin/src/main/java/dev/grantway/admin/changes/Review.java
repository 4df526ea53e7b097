package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.DocumentChange;
import dev.grantway.analysis.Finding;
import dev.grantway.revision.DraftStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A draft before publishing.
 *
 * @param lines its changes, before and after
 * @param effect what it gains and loses
 * @param agreement who approves it, and how many must
 * @param rejection the one that stands
 * @param schedule when it is to be published by itself
 * @param broken invariants that it would break, which keep it from being published
 * @param risks what deserves a second look, the worst first
 * @param findings that it introduces and resolves
 * @param misfits documents that cannot say any more what is granted, which keep it from being
 *     published
 * @param tests how many tests the policy has with it
 * @param failing those of them that fail
 * @param others whoever looks at it is no author of it, and so may approve or reject it
 */
public record Review(
    DraftState draft,
    List<ChangeLine> lines,
    Effect effect,
    Agreement agreement,
    Optional<DraftStep.Reject> rejection,
    Optional<DraftStep.Schedule> schedule,
    List<Risk> risks,
    FindingChanges findings,
    List<Finding> broken,
    List<DocumentChange> misfits,
    int tests,
    List<FailedTest> failing,
    boolean others) {

  public Review {
    lines = List.copyOf(lines);
    broken = List.copyOf(broken);
    risks = List.copyOf(risks);
    misfits = List.copyOf(misfits);
    failing = List.copyOf(failing);
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
        FindingChanges.NONE,
        List.of(),
        List.of(),
        0,
        List.of(),
        false);
  }

  /** What keeps the draft from being published, whoever publishes it. */
  public List<Sentence> blocking() {
    return Stream.concat(broken.stream(), misfits.stream().map(DocumentChange::misfit))
        .map(Objection::of)
        .map(Objection::says)
        .toList();
  }

  /** True if a test keeps the draft from being published other than by breaking the glass. */
  public boolean isFailing() {
    return failing.stream().anyMatch(test -> !test.before());
  }

  public List<GrantChange> grants() {
    return effect.grants();
  }

  public long count(GrantChange.Kind kind) {
    return effect.count(kind);
  }
}
