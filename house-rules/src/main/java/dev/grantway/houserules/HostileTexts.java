package dev.grantway.houserules;

import java.util.List;

/** What files and tables must carry whole, for the tests of whatever writes and reads them. */
public final class HostileTexts {
  /**
   * Formulas, right to left, line ends, control characters, quotes, separators, and what YAML and
   * workbooks take for something else. None is longer than 900 characters.
   */
  public static final List<String> SHORT =
      List.of(
          "",
          "plain",
          "eu",
          "=HYPERLINK(\"http://x\",\"y\")",
          "@SUM(A1)",
          "two\nlines\n",
          "\n  indented\n\n",
          "carriage\r\nreturn\r",
          "\u05D0\u05D1\u05D2 \u202Eright to left",
          "a: b # c",
          "semi;colon, comma | \"quote\"",
          "_x0041_",
          "\ttab",
          "tab\tand \uD83D\uDE00",
          "- item",
          "null",
          "~",
          "0x1F",
          "2026-01-01T00:00:00Z",
          "'single' \"double\" \\ back",
          "\u0001\u0007\u001B\u007F\u0085\u2028\u2029\uFEFF",
          "\uD83D\uDE00",
          " both ends ",
          "*anchor &a !tag %x",
          "x".repeat(900));

  /** The most characters that a cell of a workbook holds. */
  public static final int LONGEST_CELL = 32_767;

  private static final String PART = "=a\u05D0\n\"b\",;\uD83D\uDE00 ";

  private HostileTexts() {}

  /** A text of so many characters, with all of a formula, right to left, line ends and quotes. */
  public static String ofLength(int length) {
    String text = PART.repeat(length / PART.length() + 1).substring(0, length);
    return Character.isHighSurrogate(text.charAt(length - 1))
        ? text.substring(0, length - 1) + "z"
        : text;
  }
}
