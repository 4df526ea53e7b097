package dev.grantway.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * CSV as RFC 4180 has it, in UTF-8, every field quoted, with a header; formulas are neutralised.
 */
final class CsvRows implements RowWriter {
  private final CsvWriter csv;

  CsvRows(OutputStream out) {
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.writeRecord(GrantColumn.headers());
  }

  @Override
  public void take(GrantRow row) {
    List<String> cells = GrantColumn.texts(row).stream().map(Formulas::neutral).toList();
    csv.writeRecord(cells);
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
