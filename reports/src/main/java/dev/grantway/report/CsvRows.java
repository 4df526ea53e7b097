package dev.grantway.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/**
 * CSV as RFC 4180 has it, in UTF-8, every field quoted, with a header; formulas are neutralised.
 */
final class CsvRows<T> implements RowWriter<T> {
  private final CellTexts<T> texts;
  private final String[] cells;
  private final CsvWriter csv;

  CsvRows(OutputStream out, TableOf<T> table) {
    texts = new CellTexts<>(table.columns());
    cells = new String[table.columns().size()];
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.writeRecord(table.headers());
  }

  @Override
  public void take(T row) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = texts.of(i, row);
    }
    csv.writeRecord(cells);
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  @Override
  public void finish() throws IOException {
    csv.flush();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
