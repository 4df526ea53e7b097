package dev.grantway.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A column of a table that is exported: its name, and the cell of each row. */
interface Column<T> {

  /** As it stands above the column, such as {@code last_changed_at}. */
  String header();

  /** How many characters wide a column of a sheet is. */
  int width();

  /** What a cell says, formula characters and all. */
  String text(T row);

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
