package dev.grantway.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
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
          ratio.map(it -> cents(it.value())).orElse("baseline"),
          ratio.map(it -> cents(it.least()) + " – " + cents(it.most())).orElse(""));
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

  /**
   * Compares what was measured.
   *
   * @param baselines the method that is the baseline, by class
   * @throws IllegalArgumentException where a baseline was not measured under the same parameters
   */
  static Report of(List<Measured> all, Map<String, String> baselines) {
    return new Report(all.stream().map(one -> row(one, all, baselines)).toList());
  }

  private static Row row(Measured one, List<Measured> all, Map<String, String> baselines) {
    Measured baseline =
        all.stream()
            .filter(other -> other.group().equals(one.group()))
            .filter(other -> other.parameters().equals(one.parameters()))
            .filter(other -> other.name().equals(baselines.get(one.group())))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`" + one.group() + "." + one.name() + "` has no baseline in this run"));
    return new Row(
        one, one.equals(baseline) ? Optional.empty() : Optional.of(Ratio.of(one, baseline)));
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

  private static String cents(double value) {
    return Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%.2f", value);
  }
}
