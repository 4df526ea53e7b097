package dev.grantway.admin.reviews;

import java.io.IOException;
import java.io.OutputStream;

/** A close-out report on its way out of the app. */
public record ReportFile(String name, String mediaType, Writing writing) {
  /** JSON lines whose hash the activity log has. */
  public static final String AS_RECORDED = "report";

  /** Writes all of it; the stream may be closed. */
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }
}
