package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.Finding;
import dev.grantway.revision.Refusal;
import java.util.Collection;
import java.util.List;

/**
 * Why an edit is not staged or a draft not published.
 *
 * @param code stable, such as {@code operator-limit}
 * @param says cause and next step
 */
public record Objection(String code, Sentence says) {

  /** One of the admin app's own, whose text stands in the bundle under {@code refused.CODE}. */
  public static Objection of(String code, Object... facts) {
    return new Objection(code, Sentence.of("refused." + code, facts));
  }

  /** What analysis finds that may not be published. */
  static Objection of(Finding finding) {
    return new Objection(
        finding.code().text(), new Sentence.OfModel(finding.message() + ": " + finding.next()));
  }

  /** What the policy would not bear. */
  static List<Objection> of(Collection<Refusal> refusals) {
    return refusals.stream()
        .map(it -> new Objection(it.code(), new Sentence.OfModel(it.message())))
        .toList();
  }
}
