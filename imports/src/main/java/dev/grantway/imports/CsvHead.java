package dev.grantway.imports;

import dev.grantway.policyfile.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a table that is not empty, where each of its cells is a known column, whatever
 * stands between them.
 *
 * @param separator a comma in tables that are read; a semicolon or a tab in what spreadsheets write
 *     too
 */
record CsvHead(char separator, Position at) {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final int LONGEST = 1_000;

  static Optional<CsvHead> of(String text, List<String> columns) {
    int start = 0;
    int line = 1;
    while (start < text.length() && "\r\n".indexOf(text.charAt(start)) >= 0) {
      boolean half = text.startsWith("\r\n", start);
      start += half ? 2 : 1;
      line++;
    }
    Position at = new Position(line, 1);
    String head =
        text.substring(start, Math.min(text.length(), start + LONGEST))
            .lines()
            .findFirst()
            .orElse("");
    return SEPARATORS.stream()
        .filter(it -> isOf(columns, head.split(String.valueOf(it), -1)))
        .findFirst()
        .map(it -> new CsvHead(it, at));
  }

  private static boolean isOf(List<String> columns, String[] cells) {
    return cells.length > 1 && Arrays.stream(cells).map(CsvHead::bare).allMatch(columns::contains);
  }

  private static String bare(String cell) {
    return cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
        ? cell.substring(1, cell.length() - 1)
        : cell;
  }
}
