package dev.grantway.figures;

import java.util.List;

/**
 * What one benchmark measured.
 *
 * @param name of its file, {@code [a-z0-9-]+}
 * @param title of its section
 * @param note what was measured and beside what, on what configuration
 */
public record Part(String name, String title, String note, List<Table> tables, List<Plot> plots) {

  /**
   * Figures as texts.
   *
   * @param rows each with a cell for each column
   */
  public record Table(String title, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("a table `" + title + "` has no columns");
      }
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row of " + title + " has " + row.size() + " cells for " + columns.size());
        }
      }
    }
  }

  /**
   * Lines over one axis.
   *
   * @param log whether both axes are logarithmic; then every value is above 0
   * @param grows whether it is told how each line grows with x, on logarithmic axes alone
   */
  public record Plot(
      String title, String x, String y, boolean log, boolean grows, List<Series> series) {

    /** Over a size, where the axes are logarithmic, so that growth is told. */
    public Plot(String title, String x, String y, boolean log, List<Series> series) {
      this(title, x, y, log, log, series);
    }

    public Plot {
      series = List.copyOf(series);
      if (grows && !log) {
        throw new IllegalArgumentException(title + " tells growth, and has no logarithmic axes");
      }
      if (log && series.stream().flatMap(it -> it.points().stream()).anyMatch(Point::isFlat)) {
        throw new IllegalArgumentException(title + " has a value that has no logarithm");
      }
    }
  }

  /** One line. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /** One point of a line. */
  public record Point(double x, double y) {
    boolean isFlat() {
      return x <= 0 || y <= 0;
    }
  }

  public Part {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("no name of a part: `" + name + "`");
    }
    tables = List.copyOf(tables);
    plots = List.copyOf(plots);
  }
}
