package dev.grantway.admin.matrix;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * A row of the matrix. Two rows are equal if they have the same id, whatever a filter leaves below
 * them.
 */
public sealed interface MatrixRow {

  /** Unique in a matrix, and the same in every revision that has the row. */
  String id();

  /** The numbers of the places below, in their order, or of the one that it is. */
  void forEach(IntConsumer each);

  /**
   * One action on one route.
   *
   * @param number of the place in its table
   */
  record OfRoute(String id, int number, RoutePlace place) implements MatrixRow {
    OfRoute(int number, RoutePlace place) {
      this(place.text(), number, place);
    }

    @Override
    public void forEach(IntConsumer each) {
      each.accept(number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfRoute that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /**
   * The rows whose paths begin alike.
   *
   * @param path that beginning, such as {@code /orders/{id}}
   * @param size how many routes and actions stand below
   */
  record Group(String id, String path, List<MatrixRow> rows, int size) implements MatrixRow {
    public Group {
      rows = List.copyOf(rows);
    }

    Group(String path, List<MatrixRow> rows) {
      this(path + "/**", path, rows, count(rows));
    }

    @Override
    public void forEach(IntConsumer each) {
      rows.forEach(row -> row.forEach(each));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Group that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /** How many routes and actions these rows are. */
  static int count(List<MatrixRow> rows) {
    return rows.stream()
        .mapToInt(
            row ->
                switch (row) {
                  case OfRoute route -> 1;
                  case Group group -> group.size();
                })
        .sum();
  }
}
