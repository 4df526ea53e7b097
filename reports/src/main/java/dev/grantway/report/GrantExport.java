package dev.grantway.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;

/** Writes grant reports to files that are evidence. */
public final class GrantExport {
  private final GrantReport report;
  private final GrantFormat format;
  private final String by;
  private final Instant created;

  /**
   * An export.
   *
   * @param by who exports
   * @param created when that began
   */
  public GrantExport(GrantReport report, GrantFormat format, String by, Instant created) {
    this.report = report;
    this.format = format;
    this.by = by;
    this.created = created;
  }

  private About about() {
    return new About(
        report.then().revision(),
        report.then().hash(),
        report.at(),
        report.filter().parts(),
        report.members(),
        by,
        created);
  }

  /** Writes the rows, and answers how many there were; the stream is closed. */
  public long write(OutputStream out, GrantReport.Watching watching) throws IOException {
    long[] rows = {0};
    try (RowWriter<GrantRow> writer = format.to(out, about())) {
      report.rows(
          row -> {
            writer.take(row);
            rows[0]++;
          },
          watching);
      writer.finish();
    }
    watching.at(rows[0]);
    return rows[0];
  }

  /**
   * Writes the file with its manifest beside it; where that fails, nothing is there.
   *
   * @param most how many bytes it may have, {@link WholeFile.TooLong}
   */
  public Manifest write(Path target, long most, GrantReport.Watching watching) throws IOException {
    try (var file = new WholeFile(target, most)) {
      long rows = write(file.out(), watching);
      return file.finish(
          (name, written) -> {
            watching.placing(rows);
            return Manifest.of(report, "grants", format.text(), name, rows, written, by, created);
          });
    }
  }
}
