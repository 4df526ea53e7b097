package dev.grantway.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.grantway.analysis.Severity;
import dev.grantway.policyfile.Cell;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Nearest;
import dev.grantway.policyfile.Position;
import dev.grantway.report.Formulas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A table as a file: CSV (RFC 4180) with a header that names its columns, in any order. Empty lines
 * are skipped; a cell that an export neutralised for spreadsheets is read as it was.
 */
final class CsvTable {
  static final int MOST_ROWS = 200_000;
  static final int LONGEST_CELL = 100_000;

  /** After so many errors no more is read. */
  static final int MOST_ERRORS = 10_000;

  private final String text;
  private final Findings findings;
  private int line = 1;
  private int column = 1;
  private int at;

  private CsvTable(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
  }

  /** One row: its cells by column, and where it begins. */
  record Row(Position at, Map<String, Cell> cells) {
    Cell cell(String column) {
      return cells.getOrDefault(column, new Cell("", at));
    }
  }

  /**
   * Hands over every row that has as many cells as the header, one after the other.
   *
   * @param required columns that the header must have
   * @param known those, and columns that it may have
   * @param taking says whether to read on; may add findings of the row
   */
  static void read(
      String text,
      List<String> required,
      List<String> known,
      Findings findings,
      Predicate<Row> taking) {
    new CsvTable(text, findings).rows(required, known, taking);
  }

  private void rows(List<String> required, List<String> known, Predicate<Row> taking) {
    Optional<CsvHead> other = CsvHead.of(text, known).filter(it -> it.separator() != ',');
    if (other.isPresent()) {
      error(
          other.get().at(),
          ImportCode.BAD_HEADER,
          "the columns stand between "
              + (other.get().separator() == ';' ? "semicolons" : "tabs")
              + " where commas are read",
          "save it with commas");
      return;
    }
    List<String> header = List.of();
    int records = 0;
    var reader = CsvReader.builder().maxBufferSize(1 << 24);
    try (CsvReader<CsvRecord> csv =
        reader
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord next : csv) {
        List<Position> places = places(Math.toIntExact(next.getStartingLineNumber()));
        if (header.isEmpty()) {
          header = List.copyOf(next.getFields());
          if (!checkHeader(header, places, required, known)) {
            return;
          }
        } else if (records++ == MOST_ROWS) {
          error(
              places.getFirst(),
              ImportCode.IMPORT_TOO_BIG,
              "there are more than " + MOST_ROWS + " rows",
              "split the file by role");
          return;
        } else if (findings.errors() >= MOST_ERRORS) {
          error(
              places.getFirst(),
              ImportCode.MORE_ERRORS,
              "there are " + findings.errors() + " errors before; nothing is read from here on",
              "mend those before, and look again");
          return;
        } else if (!add(header, next.getFields(), places, taking)) {
          return;
        }
      }
    } catch (CsvParseException broken) {
      error(
          new Position(line, 1),
          ImportCode.BAD_ROW,
          "the row here or the one behind it cannot be read: "
              + Findings.quote(String.valueOf(broken.getMessage())),
          "close its quotes, and double those inside");
    } catch (IOException | UncheckedIOException impossible) {
      throw new IllegalStateException("a text in memory cannot be read", impossible);
    }
    if (header.isEmpty() && !findings.hasErrors()) {
      error(
          Position.START,
          ImportCode.BAD_HEADER,
          "file is empty",
          "start it with " + String.join(",", known));
    }
  }

  private void error(Position where, ImportCode code, String message, String next) {
    findings.add(Severity.ERROR, where, code, message, next);
  }

  private boolean checkHeader(
      List<String> header, List<Position> places, List<String> required, List<String> known) {
    var seen = new HashSet<String>();
    boolean fine = true;
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (!known.contains(name)) {
        fine = false;
        error(
            places.get(i),
            ImportCode.BAD_HEADER,
            "column " + Findings.quote(name) + " is unknown",
            Nearest.to(name, known)
                .map(near -> "the nearest known column is `" + near + "`")
                .orElse("remove it"));
      } else if (!seen.add(name)) {
        fine = false;
        error(
            places.get(i),
            ImportCode.BAD_HEADER,
            "column `" + name + "` is there twice",
            "keep one of them");
      }
    }
    for (String name : required) {
      if (!seen.contains(name)) {
        fine = false;
        error(
            places.getFirst(),
            ImportCode.BAD_HEADER,
            "column `" + name + "` is missing",
            "the header is " + String.join(",", known));
      }
    }
    return fine;
  }

  /** Whether to read on. */
  private boolean add(
      List<String> header, List<String> fields, List<Position> places, Predicate<Row> taking) {
    if (fields.size() != header.size()) {
      error(
          places.getFirst(),
          ImportCode.BAD_ROW,
          "the row has " + fields.size() + " cells where the header has " + header.size(),
          "give it one for each column, and put cells with commas in quotes");
      return true;
    }
    var cells = new HashMap<String, Cell>();
    for (int i = 0; i < fields.size(); i++) {
      String cell = Formulas.original(fields.get(i));
      if (cell.length() > LONGEST_CELL) {
        findings.error(
            places.get(i),
            FindingCode.TOO_BIG,
            "the cell has " + cell.length() + " characters, more than " + LONGEST_CELL,
            "shorten it");
      } else {
        cells.put(header.get(i), new Cell(cell, places.get(i)));
      }
    }
    return taking.test(new Row(places.getFirst(), cells));
  }

  /** Where the cells of the record begin that starts in that line; goes on behind it. */
  private List<Position> places(int start) {
    while (line < start && at < text.length()) {
      step();
    }
    var places = new ArrayList<Position>();
    places.add(new Position(line, column));
    boolean quoted = false;
    boolean fresh = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && (quoted || fresh)) {
        quoted = !quoted;
        fresh = false;
        // The second of a doubled quote opens again.
        if (!quoted && at + 1 < text.length() && text.charAt(at + 1) == '"') {
          step();
          quoted = true;
        }
      } else if (!quoted && (c == '\n' || c == '\r')) {
        step();
        return places;
      } else {
        fresh = false;
        if (!quoted && c == ',') {
          step();
          places.add(new Position(line, column));
          fresh = true;
          continue;
        }
      }
      step();
    }
    return places;
  }

  private void step() {
    char c = text.charAt(at++);
    boolean endsLine = c == '\n' || c == '\r' && (at == text.length() || text.charAt(at) != '\n');
    line += endsLine ? 1 : 0;
    column = endsLine ? 1 : column + 1;
  }
}
