package dev.grantway.review;

/**
 * Lines of a report by what became of them.
 *
 * @param revoked are taken away by the draft
 * @param changedSince were to be revoked and are not: somebody changed them since
 * @param defaulted of all these, those that nobody answered
 */
public record Counts(int lines, int kept, int revoked, int changedSince, int defaulted) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** These and one line more. */
  public Counts and(ReportLine.Of line) {
    return new Counts(
        lines + 1,
        kept + (line.outcome() == Outcome.KEPT ? 1 : 0),
        revoked + (line.outcome() == Outcome.REVOKED ? 1 : 0),
        changedSince + (line.outcome() == Outcome.CHANGED_SINCE ? 1 : 0),
        defaulted + (line.isDefaulted() ? 1 : 0));
  }
}
