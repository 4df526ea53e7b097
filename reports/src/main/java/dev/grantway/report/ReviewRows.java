package dev.grantway.report;

import dev.grantway.review.Counts;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes rows of the lines of close-out reports, one report after the other. */
final class ReviewRows {
  private final RowWriter<ReviewRow> writer;
  private ReportLine.@Nullable Begin begin;
  private Counts counts = Counts.NONE;
  private boolean isWhole;

  ReviewRows(RowWriter<ReviewRow> writer) {
    this.writer = writer;
  }

  /**
   * Takes a line in canonical form, and answers how many rows it is: 0 or 1.
   *
   * @throws IllegalArgumentException for what no report holds there
   */
  long take(String line) throws IOException {
    return switch (ReviewJson.reportLine(line)) {
      case ReportLine.Begin it -> {
        begin = it;
        counts = Counts.NONE;
        isWhole = false;
        yield 0;
      }
      case ReportLine.Of it -> {
        ReportLine.Begin of = begin;
        if (of == null || isWhole) {
          throw new IllegalArgumentException("it does not begin as reports do");
        }
        counts = counts.and(it);
        writer.take(new ReviewRow(of, it));
        yield 1;
      }
      case ReportLine.End it -> {
        if (begin == null || isWhole || !it.counts().equals(counts)) {
          throw new IllegalArgumentException("it does not end as reports do");
        }
        isWhole = true;
        yield 0;
      }
    };
  }

  /** Refuses what does not end with the end of a report; that of a crashed closing does not. */
  void end() {
    if (!isWhole) {
      throw new IllegalArgumentException("it has no end");
    }
  }
}
