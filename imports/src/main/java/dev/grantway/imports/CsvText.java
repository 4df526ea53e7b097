package dev.grantway.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.grantway.report.Formulas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/** Writes the tables that are read here: RFC 4180, every cell quoted, formulas neutralised. */
final class CsvText {
  private CsvText() {}

  static void write(Writer out, List<String> header, Stream<List<String>> rows) {
    try (CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .build(out)) {
      csv.writeRecord(header);
      rows.forEach(row -> csv.writeRecord(row.stream().map(Formulas::neutral).toList()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
