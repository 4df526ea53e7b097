package dev.grantway.report;

import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes rows of the lines of close-out reports, one report after the other. */
final class ReviewRows {
  private final RowWriter<ReviewRow> writer;
  private ReportLine.@Nullable Begin begin;

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
        yield 0;
      }
      case ReportLine.Of it -> {
        ReportLine.Begin of = begin;
        if (of == null) {
          throw new IllegalArgumentException("it does not begin as reports do");
        }
        writer.take(new ReviewRow(of, it));
        yield 1;
      }
      case ReportLine.End _ -> 0;
    };
  }
}
