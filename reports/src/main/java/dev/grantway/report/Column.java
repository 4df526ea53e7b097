package dev.grantway.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A column of a table that is exported: its name, and the cell of each row. */
interface Column<T> {

  /** As it stands above the column, such as {@code last_changed_at}. */
  String header();

  /** How many characters wide a column of a sheet is. */
  int width();

  /** What a cell says, formula characters and all. */
  String text(T row);

  /**
   * What the cell's text is made of and nothing else, where other rows are likely to hold that very
   * object; null: nothing.
   */
  default @Nullable Object part(T row) {
    return null;
  }

  /** Whether every cell is a whole number. */
  default boolean isNumber() {
    return false;
  }

  /** Writes the value of a cell as JSON. */
  default void json(JsonGenerator json, T row) throws IOException {
    if (isNumber()) {
      json.writeNumber(Long.parseLong(text(row)));
    } else {
      json.writeString(text(row));
    }
  }
}
