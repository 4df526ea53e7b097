package dev.grantway.review;

import org.jspecify.annotations.Nullable;

/**
 * A line of a close-out report, which is JSON lines in canonical form: the beginning, each line of
 * the campaign, the end.
 */
public sealed interface ReportLine {

  /** What was reviewed, and who closed it. */
  record Begin(Campaign campaign, Closing closing) implements ReportLine {}

  /**
   * One line and what became of it.
   *
   * @param answerOrNull the answer that counted; null: the default did
   */
  record Of(ReviewLine line, @Nullable LineAnswer answerOrNull, Outcome outcome)
      implements ReportLine {

    public boolean isDefaulted() {
      return answerOrNull == null;
    }
  }

  /**
   * The end.
   *
   * @param draft empty: none was needed
   */
  record End(Counts counts, String draft) implements ReportLine {}
}
