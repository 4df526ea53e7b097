package dev.grantway.figures;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parts as files of JSON: {@code {"name", "title", "note", "tables": [{"title", "columns",
 * "rows"}], "plots": [{"title", "x", "y", "log", "grows", "series": [{"name", "points": [[x,
 * y]]}]}]}}.
 */
public final class Parts {
  /** The system property that names the file for the part of a benchmark that Maven runs. */
  public static final String PROPERTY = "grantway.figures";

  private static final JsonFactory JSON = new JsonFactory();

  private Parts() {}

  /** Writes a part where the system property says, if it is set. */
  public static void hand(Part part) throws IOException {
    String file = System.getProperty(PROPERTY, "");
    if (!file.isEmpty()) {
      write(part, Path.of(file));
    }
  }

  /** Writes a part; its folder is made. */
  public static void write(Part part, Path file) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", part.name());
      json.writeStringField("title", part.title());
      json.writeStringField("note", part.note());
      json.writeArrayFieldStart("tables");
      for (Part.Table table : part.tables()) {
        write(json, table);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("plots");
      for (Part.Plot plot : part.plots()) {
        write(json, plot);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text + "\n");
  }

  private static void write(JsonGenerator json, Part.Table table) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", table.title());
    json.writeFieldName("columns");
    texts(json, table.columns());
    json.writeArrayFieldStart("rows");
    for (List<String> row : table.rows()) {
      texts(json, row);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Part.Plot plot) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", plot.title());
    json.writeStringField("x", plot.x());
    json.writeStringField("y", plot.y());
    json.writeBooleanField("log", plot.log());
    json.writeBooleanField("grows", plot.grows());
    json.writeArrayFieldStart("series");
    for (Part.Series series : plot.series()) {
      json.writeStartObject();
      json.writeStringField("name", series.name());
      json.writeArrayFieldStart("points");
      for (Part.Point point : series.points()) {
        json.writeArray(new double[] {point.x(), point.y()}, 0, 2);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The parts in a folder, by the names of their files; none where there is no such folder. */
  public static List<Part> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var parts = new ArrayList<Part>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        parts.add(read(file));
      }
    }
    return parts;
  }

  /** Reads a part; an {@link IOException} names the file where it is none. */
  static Part read(Path file) throws IOException {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      return part(value(json));
    } catch (IllegalArgumentException | ClassCastException | NullPointerException none) {
      throw new IOException(file + " is no part of a report: " + none.getMessage(), none);
    }
  }

  /** Objects as maps, arrays as lists, numbers as doubles. */
  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, value(json));
        }
        yield members;
      }
      case START_ARRAY -> {
        var items = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IllegalArgumentException("`" + json.currentToken() + "` in it");
    };
  }

  private static Part part(@Nullable Object read) {
    Map<?, ?> it = map(read);
    return new Part(
        text(it, "name"),
        text(it, "title"),
        text(it, "note"),
        items(it, "tables").stream().map(Parts::table).toList(),
        items(it, "plots").stream().map(Parts::plot).toList());
  }

  private static Part.Table table(Object read) {
    Map<?, ?> it = map(read);
    return new Part.Table(
        text(it, "title"),
        items(it, "columns").stream().map(String::valueOf).toList(),
        items(it, "rows").stream()
            .map(row -> ((List<?>) row).stream().<String>map(String::valueOf).toList())
            .toList());
  }

  private static Part.Plot plot(Object read) {
    Map<?, ?> it = map(read);
    return new Part.Plot(
        text(it, "title"),
        text(it, "x"),
        text(it, "y"),
        Boolean.TRUE.equals(it.get("log")),
        !it.containsKey("grows")
            ? Boolean.TRUE.equals(it.get("log"))
            : Boolean.TRUE.equals(it.get("grows")),
        items(it, "series").stream().map(Parts::series).toList());
  }

  private static Part.Series series(Object read) {
    Map<?, ?> it = map(read);
    return new Part.Series(
        text(it, "name"),
        items(it, "points").stream()
            .map(point -> (List<?>) point)
            .map(point -> new Part.Point((Double) point.get(0), (Double) point.get(1)))
            .toList());
  }

  private static Map<?, ?> map(@Nullable Object read) {
    if (read instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("an object is needed");
  }

  private static String text(Map<?, ?> it, String name) {
    if (it.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text `" + name + "`");
  }

  private static List<?> items(Map<?, ?> it, String name) {
    if (it.get(name) instanceof List<?> items) {
      return items;
    }
    throw new IllegalArgumentException("no list `" + name + "`");
  }
}
