package dev.grantway.report;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;

/** What a report is written as. */
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
  public RowWriter<GrantRow> to(OutputStream out, About about) throws IOException {
    return this == PDF
        ? new PdfRows(out, about)
        : of(GrantColumn.table(about.rowsBy()), out, about.created());
  }

  /** The same for rows of another kind, which no PDF has. */
  <T> RowWriter<T> of(TableOf<T> table, OutputStream out, Instant created) throws IOException {
    return switch (this) {
      case CSV -> new CsvRows<>(out, table);
      case XLSX -> new XlsxRows<>(out, table, created);
      case JSONL -> new JsonRows<>(out, table);
      case PDF -> throw new IllegalArgumentException("a PDF is of the grant report alone");
    };
  }
}
