package dev.grantway.benchmarks;

import dev.grantway.figures.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What JMH measured as parts of the report, one for each class of benchmarks. */
final class MeasuredParts {
  private static final double MICROSECOND = 1_000;

  private MeasuredParts() {}

  /**
   * The parts.
   *
   * @param notes what each class says of itself, by its simple name
   */
  static List<Part> of(Report report, Map<String, String> notes) {
    var groups = new LinkedHashMap<String, List<Report.Row>>();
    report
        .rows()
        .forEach(
            row ->
                groups.computeIfAbsent(row.measured().group(), it -> new ArrayList<>()).add(row));
    var parts = new ArrayList<Part>();
    groups.forEach(
        (group, rows) ->
            parts.add(
                new Part(
                    "jmh-" + group.toLowerCase(Locale.ROOT),
                    group,
                    notes.getOrDefault(group, ""),
                    List.of(new Part.Table("", Report.COLUMNS, table(rows))),
                    plots(group, rows))));
    return parts;
  }

  private static List<List<String>> table(List<Report.Row> rows) {
    return rows.stream().map(Report.Row::cells).toList();
  }

  /** Over each parameter that is a number: a line for each method and the other parameters. */
  private static List<Part.Plot> plots(String group, List<Report.Row> rows) {
    var plots = new ArrayList<Part.Plot>();
    for (String parameter : rows.getFirst().measured().parameters().keySet()) {
      List<String> values =
          rows.stream()
              .map(row -> row.measured().parameters().getOrDefault(parameter, ""))
              .distinct()
              .toList();
      if (values.size() > 1 && values.stream().allMatch(it -> it.matches("[0-9]+"))) {
        for (String others : others(parameter, rows)) {
          List<Part.Series> series = series(parameter, others, rows);
          if (series.stream().anyMatch(it -> it.points().size() > 1)) {
            plots.add(
                new Part.Plot(
                    group + (others.isEmpty() ? "" : ", " + others),
                    parameter,
                    "µs",
                    true,
                    series));
          }
        }
      }
    }
    return plots;
  }

  private static Set<String> others(String parameter, List<Report.Row> rows) {
    return rows.stream()
        .map(row -> rest(parameter, row))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String rest(String parameter, Report.Row row) {
    var rest = new TreeMap<>(row.measured().parameters());
    rest.remove(parameter);
    return String.join(", ", rest.values());
  }

  private static List<Part.Series> series(String parameter, String others, List<Report.Row> rows) {
    var lines = new LinkedHashMap<String, List<Part.Point>>();
    for (Report.Row row : rows) {
      if (rest(parameter, row).equals(others)) {
        Measured it = row.measured();
        lines
            .computeIfAbsent(it.name(), name -> new ArrayList<>())
            .add(
                new Part.Point(
                    Double.parseDouble(it.parameters().getOrDefault(parameter, "0")),
                    it.time() / MICROSECOND));
      }
    }
    return lines.entrySet().stream()
        .map(line -> new Part.Series(line.getKey(), line.getValue()))
        .toList();
  }
}
