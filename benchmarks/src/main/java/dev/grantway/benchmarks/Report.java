package dev.grantway.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that one run measured, each beside its baseline.
 *
 * @param rows in the order measured
 */
record Report(List<Row> rows) {
  static final List<String> COLUMNS =
      List.of("benchmark", "with", "ns/op", "±", "B/op", "× baseline", "between");

  private static final double TENTH = 0.1;
  private static final String HEAD =
      "| " + String.join(" | ", COLUMNS) + " |\n| - | - | -: | -: | -: | -: | - |\n";

  Report {
    rows = List.copyOf(rows);
  }

  /**
   * One line.
   *
   * @param ratio empty for a baseline
   */
  record Row(Measured measured, Optional<Ratio> ratio) {

    private String markdown() {
      return "| " + String.join(" | ", cells()) + " |\n";
    }

    /** A text for each of {@link #COLUMNS}. */
    List<String> cells() {
      return List.of(
          measured.group() + "." + measured.name(),
          measured.parameters().entrySet().stream()
              .map(parameter -> parameter.getKey() + " " + parameter.getValue())
              .collect(Collectors.joining(", ")),
          whole(measured.time()),
          whole(measured.error()),
          measured.bytes().isPresent() ? whole(measured.bytes().getAsDouble()) : "",
          ratio.map(Report::told).orElse("baseline"),
          ratio.map(Report::between).orElse(""));
    }

    private void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("benchmark", measured.group() + "." + measured.name());
      json.writeObjectFieldStart("with");
      for (var parameter : measured.parameters().entrySet()) {
        json.writeStringField(parameter.getKey(), parameter.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("nanoseconds", measured.time());
      json.writeNumberField("error", measured.error());
      if (measured.bytes().isPresent()) {
        json.writeNumberField("bytes", measured.bytes().getAsDouble());
      }
      if (ratio.isPresent()) {
        json.writeNumberField("ratio", ratio.get().value());
      }
      json.writeEndObject();
    }
  }

  /** With a question mark where its interval says nothing. */
  private static String told(Ratio it) {
    return figure(it.value()) + (it.isOpen() ? "?" : "");
  }

  private static String between(Ratio it) {
    return it.isOpen() ? "–" : figure(it.least()) + " – " + figure(it.most());
  }

  /**
   * Compares what was measured.
   *
   * @param floors the baseline, by class
   * @throws IllegalArgumentException where a baseline was not measured under the parameters that it
   *     depends on
   */
  static Report of(List<Measured> all, Map<String, Floor> floors) {
    return new Report(all.stream().map(one -> row(one, all, floors)).toList());
  }

  private static Row row(Measured one, List<Measured> all, Map<String, Floor> floors) {
    Measured baseline =
        Optional.ofNullable(floors.get(one.group()))
            .flatMap(floor -> floor.beside(one, all))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`" + one.group() + "." + one.name() + "` has no baseline in this run"));
    return new Row(
        one,
        one.name().equals(baseline.name())
            ? Optional.empty()
            : Optional.of(Ratio.of(one, baseline)));
  }

  String markdown() {
    return rows.stream().map(Row::markdown).collect(Collectors.joining("", HEAD, ""));
  }

  /** An array with one object a row, on one line. */
  String json() throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (Row row : rows) {
        row.write(json);
      }
      json.writeEndArray();
    }
    return text + "\n";
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  /** Two decimals, or two digits of what is less than a tenth. */
  private static String figure(double value) {
    return value >= TENTH
        ? String.format(Locale.ROOT, "%.2f", value)
        : new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }
}
