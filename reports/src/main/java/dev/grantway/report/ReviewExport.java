package dev.grantway.report;

import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes the close-out report of one access review as a table. */
public final class ReviewExport {
  private ReviewExport() {}

  /** Shows every line of a report in its order. */
  @FunctionalInterface
  public interface Lines {
    void each(Consumer<String> visit);
  }

  /**
   * Writes a row for each line that was reviewed. The stream is closed also where this fails: it
   * has to be one of a file that counts for nothing then.
   *
   * @param format CSV, XLSX or JSON lines
   * @param created what the file says of when it was made
   * @return how many rows
   * @throws StoreException for lines that no report holds or that lack its end, whatever was
   *     written before
   */
  public static long write(GrantFormat format, Lines lines, OutputStream out, Instant created)
      throws IOException {
    long[] count = {0};
    try (RowWriter<ReviewRow> writer = format.of(ReviewRow.TABLE, out, created)) {
      var rows = new ReviewRows(writer);
      lines.each(
          line -> {
            try {
              count[0] += rows.take(line);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      rows.end();
      writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException damaged) {
      throw TrailExport.unreadable("the report of the access review", damaged);
    }
    return count[0];
  }
}
