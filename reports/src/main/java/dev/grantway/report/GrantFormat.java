package dev.grantway.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** What a grant report is written as. */
public enum GrantFormat {
  CSV("text/csv"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  JSONL("application/x-ndjson"),
  PDF("application/pdf");

  private final String mediaType;

  GrantFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Whether it may be shown in a terminal. */
  public boolean isText() {
    return this == CSV || this == JSONL;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The end of a file's name, and what commands call it: {@code csv}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Writes to a stream, which is closed with it. */
  public RowWriter to(OutputStream out, About about) throws IOException {
    return switch (this) {
      case CSV -> new CsvRows(out);
      case XLSX -> new XlsxRows(out, about.created());
      case JSONL -> new JsonRows(out);
      case PDF -> new PdfRows(out, about);
    };
  }
}
