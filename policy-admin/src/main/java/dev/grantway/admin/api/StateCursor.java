package dev.grantway.admin.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list that is what it is in one state of the list alone: in another, rows would be
 * left out or come twice.
 *
 * @param state empty at the beginning, which is of any
 */
record StateCursor(String state, int place) {
  private static final Pattern FORMAT = Pattern.compile("([0-9a-f]{1,64})_([0-9]{1,9})");

  /** What is no cursor is an {@link IllegalArgumentException}. */
  static StateCursor read(String cursor) {
    if (cursor.isEmpty()) {
      return new StateCursor("", 0);
    }
    Matcher parts = FORMAT.matcher(cursor);
    if (!parts.matches()) {
      throw Paged.noCursor(cursor, new NumberFormatException(cursor));
    }
    return new StateCursor(parts.group(1), Integer.parseInt(parts.group(2)));
  }

  boolean isOf(String now) {
    return state.isEmpty() || state.equals(now);
  }

  String text() {
    return state + "_" + place;
  }
}
