package dev.grantway.report;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An XLSX workbook, written as rows come: a header that stays in view, a filter, columns as wide as
 * what they usually hold, and another sheet where one is full. Cells are texts, never formulas, and
 * neutralised all the same for whoever saves the sheet as CSV.
 */
final class XlsxRows<T> implements RowWriter<T> {
  /** ECMA-376 leaves it to programs; Excel refuses longer ones. */
  static final int MAX_CELL = 32_767;

  private static final int MAX_ROWS = 1_048_576;
  private static final int FLUSHED = 500;

  private final TableOf<T> table;
  private final CellTexts<T> texts;
  private final int maxRows;
  private final OutputStream out;
  private final Workbook workbook;
  private final Instant created;
  private Worksheet sheet;
  private int sheets;
  private int rows;

  XlsxRows(OutputStream out, TableOf<T> table, Instant created) {
    this(out, table, created, MAX_ROWS);
  }

  /**
   * With smaller sheets.
   *
   * @param maxRows of a sheet, its header included
   */
  XlsxRows(OutputStream out, TableOf<T> table, Instant created, int maxRows) {
    this.out = out;
    this.table = table;
    this.texts = new CellTexts<>(table.columns());
    this.maxRows = maxRows;
    this.created = created;
    this.workbook = new Workbook(out, "Grantway", "1.0");
    this.sheet = next();
  }

  private Worksheet next() {
    sheets++;
    Worksheet next =
        workbook.newWorksheet(sheets == 1 ? table.name() : table.name() + " " + sheets);
    for (int i = 0; i < table.columns().size(); i++) {
      Column<T> column = table.columns().get(i);
      next.width(i, column.width());
      next.inlineString(0, i, column.header());
      next.style(0, i).bold().set();
    }
    next.freezePane(0, 1);
    rows = 1;
    return next;
  }

  @Override
  public void take(T row) throws IOException {
    if (rows == maxRows) {
      endSheet();
      sheet = next();
    }
    for (int i = 0; i < table.columns().size(); i++) {
      Column<T> column = table.columns().get(i);
      if (column.isNumber()) {
        sheet.value(rows, i, Long.parseLong(texts.of(i, row)));
      } else {
        sheet.inlineString(rows, i, cell(column, texts.of(i, row), row));
      }
    }
    rows++;
    if (rows % FLUSHED == 0) {
      sheet.flush();
    }
  }

  private String cell(Column<T> column, String text, T row) throws UnfitRow {
    if (text.length() > MAX_CELL) {
      throw new UnfitRow(
          "`"
              + column.header()
              + "` of "
              + table.naming().apply(row)
              + " has "
              + text.length()
              + " characters, and a cell of a sheet holds "
              + MAX_CELL
              + ": export as CSV or JSON lines, where nothing is cut");
    }
    return escaped(text);
  }

  /** What XML cannot hold, and what it would change, as ECMA-376 escapes it: {@code _x000D_}. */
  private static String escaped(String text) {
    int first = 0;
    while (first < text.length() && !needsEscape(text, first)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 8).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (needsEscape(text, i)) {
        escaped.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean needsEscape(String text, int at) {
    char c = text.charAt(at);
    if (c == '_') {
      return isEscape(text, at);
    }
    return c < ' ' && c != '\t' && c != '\n'
        || c >= '\uFFFE'
        || Character.isSurrogate(c) && isAlone(text, at);
  }

  private static boolean isAlone(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static boolean isEscape(String text, int at) {
    return text.length() > at + 6
        && text.charAt(at + 1) == 'x'
        && text.charAt(at + 6) == '_'
        && text.substring(at + 2, at + 6).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  @Override
  public void flush() throws IOException {
    sheet.flush();
  }

  private void endSheet() throws IOException {
    sheet.setAutoFilter(0, 0, rows - 1, table.columns().size() - 1);
    sheet.finish();
  }

  @Override
  public void finish() throws IOException {
    endSheet();
    workbook.properties().setTitle(table.name() + ", " + created);
    workbook.finish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
