package dev.grantway.sandbox.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one benchmark has to say in the report: tables as text, and plots as points.
 *
 * @param name of the benchmark, as {@code bench NAME} takes it
 * @param note what was measured, how, and with what settings, in plain text
 */
public record ReportPart(
    String name, String title, String note, List<Table> tables, List<Plot> plots) {
  private static final JsonFactory JSON = new JsonFactory();

  public ReportPart {
    tables = List.copyOf(tables);
    plots = List.copyOf(plots);
  }

  /** A table whose rows are as wide as its head. */
  public record Table(String title, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      int width = columns.size();
      if (rows.stream().anyMatch(row -> row.size() != width)) {
        throw new IllegalArgumentException("a row of `" + title + "` has not " + width + " cells");
      }
    }
  }

  /**
   * A plot.
   *
   * @param log whether y is drawn on a logarithmic scale
   */
  public record Plot(String title, String x, String y, boolean log, List<Series> series) {
    public Plot {
      series = List.copyOf(series);
    }
  }

  /** Points of one kind, from left to right. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /** A point; neither coordinate may be infinite or no number, which JSON cannot say. */
  public record Point(double x, double y) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException("the point " + x + ", " + y + " cannot be drawn");
      }
    }
  }

  /** Writes the tables for people, in Markdown. */
  public void print(PrintWriter out) {
    for (Table table : tables) {
      if (tables.size() > 1) {
        out.println("\n**" + table.title() + "**\n");
      }
      out.println(line(table.columns()));
      out.println(line(table.columns().stream().map(column -> "-").toList()));
      table.rows().forEach(row -> out.println(line(row)));
    }
    out.println();
    out.println(note);
    out.flush();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Writes it for whoever composes the report, into a folder that is made where it is missing. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, toJson());
  }

  String toJson() {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeStringField("title", title);
      json.writeStringField("note", note);
      json.writeArrayFieldStart("tables");
      for (Table table : tables) {
        write(table, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("plots");
      for (Plot plot : plots) {
        write(plot, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(Table table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", table.title());
    json.writeFieldName("columns");
    write(table.columns(), json);
    json.writeArrayFieldStart("rows");
    for (List<String> row : table.rows()) {
      write(row, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(List<String> cells, JsonGenerator json) throws IOException {
    json.writeArray(cells.toArray(String[]::new), 0, cells.size());
  }

  private static void write(Plot plot, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", plot.title());
    json.writeStringField("x", plot.x());
    json.writeStringField("y", plot.y());
    json.writeBooleanField("log", plot.log());
    json.writeArrayFieldStart("series");
    for (Series series : plot.series()) {
      json.writeStartObject();
      json.writeStringField("name", series.name());
      json.writeArrayFieldStart("points");
      for (Point point : series.points()) {
        json.writeArray(new double[] {point.x(), point.y()}, 0, 2);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
