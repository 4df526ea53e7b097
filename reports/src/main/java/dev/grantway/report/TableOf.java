package dev.grantway.report;

import java.util.List;
import java.util.function.Function;

/**
 * What rows of a kind look like in a file.
 *
 * @param name of a sheet
 * @param naming says which row one is, to people
 */
record TableOf<T>(String name, List<? extends Column<T>> columns, Function<T, String> naming) {
  List<String> headers() {
    return columns.stream().map(Column::header).toList();
  }
}
