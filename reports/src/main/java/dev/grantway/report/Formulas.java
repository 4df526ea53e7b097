package dev.grantway.report;

/**
 * Keeps programs for spreadsheets from running what a cell says: a text that one might take for a
 * formula gets an apostrophe before it. Taking away one apostrophe gives the text back, since a
 * text that begins with apostrophes and then a formula gets one more.
 */
public final class Formulas {
  /** Also the wide forms, which some programs take for the narrow ones. */
  private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private Formulas() {}

  /** As it stands in a cell. */
  public static String neutral(String text) {
    int first = 0;
    while (first < text.length() && isSkipped(text.charAt(first))) {
      first++;
    }
    boolean begins =
        !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0
            || first < text.length() && BEGINNINGS.indexOf(text.charAt(first)) >= 0;
    return begins ? "'" + text : text;
  }

  /** The text of a cell, whether it was neutralised or not. */
  public static String original(String cell) {
    boolean neutralised = cell.startsWith("'") && neutral(cell.substring(1)).equals(cell);
    return neutralised ? cell.substring(1) : cell;
  }

  /** What programs pass over before they look for a formula. */
  private static boolean isSkipped(char c) {
    return c == '\'' || c == '"' || c <= ' ' || Character.isSpaceChar(c) || c == '\uFEFF';
  }
}
