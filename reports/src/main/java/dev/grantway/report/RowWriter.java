package dev.grantway.report;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes rows of a kind; what was written is whole once it is finished. Closed before that, it is
 * given up: there is no need for it to be a file.
 */
public interface RowWriter<T> extends Closeable {

  /**
   * Writes one more row.
   *
   * @throws UnfitRow where the format cannot hold it whole
   */
  void take(T row) throws IOException;

  /** Hands over all of the rows so far, as far as the format can before its end. */
  void flush() throws IOException;

  /** Writes what comes after the last row. */
  void finish() throws IOException;

  /** A row that the format cannot hold whole: nothing is ever cut. */
  final class UnfitRow extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitRow(String message) {
      super(message);
    }
  }
}
