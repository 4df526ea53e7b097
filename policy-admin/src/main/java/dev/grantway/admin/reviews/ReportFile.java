package dev.grantway.admin.reviews;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A close-out report on its way out of the app: all of it, in a temporary file that closing this
 * deletes.
 *
 * @param file for the app alone
 */
public record ReportFile(String name, String mediaType, Path file, long bytes)
    implements Closeable {
  /** JSON lines whose hash the activity log has. */
  public static final String AS_RECORDED = "report";

  /** Writes all of it; the stream may be closed. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Has it written first, so that nothing of what cannot be read whole is ever sent. */
  static ReportFile of(String name, String mediaType, Writing writing) {
    try {
      Path file = Files.createTempFile("grantway-report-", ".part");
      try {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
          writing.to(out);
        }
        return new ReportFile(name, mediaType, file, Files.size(file));
      } catch (RuntimeException | IOException notWhole) {
        Files.deleteIfExists(file);
        throw notWhole;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the report could not be written to a temporary file", e);
    }
  }

  /** Sends it. */
  public void to(OutputStream out) throws IOException {
    Files.copy(file, out);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
