package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.figures.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Map<String, Floor> BASELINES =
      Map.of("Sum", new Floor("plain", Set.of("size")));

  private static Measured measured(String name, String size, double time, double error) {
    var with = new TreeMap<>(Map.of("size", size));
    return new Measured("Sum", name, with, time, error, OptionalDouble.of(64));
  }

  @Test
  void everyRowIsToldAsAMultipleOfTheBaselineWithTheSameParameters() {
    Report report =
        Report.of(
            List.of(
                measured("ours", "1", 300, 30),
                measured("plain", "1", 200, 20),
                measured("plain", "9", 1000, 0),
                measured("ours", "9", 1250, 0)),
            BASELINES);
    assertThat(report.markdown())
        .isEqualTo(
            """
            | benchmark | with | ns/op | ± | B/op | × baseline | between |
            | - | - | -: | -: | -: | -: | - |
            | Sum.ours | size 1 | 300 | 30 | 64 | 1.50 | 1.23 – 1.83 |
            | Sum.plain | size 1 | 200 | 20 | 64 | baseline |  |
            | Sum.plain | size 9 | 1000 | 0 | 64 | baseline |  |
            | Sum.ours | size 9 | 1250 | 0 | 64 | 1.25 | 1.25 – 1.25 |
            """);
  }

  @Test
  void aBaselineWhoseIntervalReachesZeroLeavesTheRatioOpen() {
    Ratio ratio = Ratio.of(measured("ours", "1", 300, 400), measured("plain", "1", 200, 200));
    assertThat(ratio).isEqualTo(new Ratio(1.5, 0, Double.POSITIVE_INFINITY));
    assertThat(ratio.isOpen()).isTrue();
    Report report =
        Report.of(
            List.of(measured("ours", "1", 300, 400), measured("plain", "1", 200, 20)), BASELINES);
    assertThat(report.markdown()).contains("| 300 | 400 | 64 | 1.50? | – |\n");
  }

  @Test
  void smallRatiosKeepTwoDigits() {
    Report report =
        Report.of(
            List.of(measured("ours", "1", 0.5, 0.1), measured("plain", "1", 200, 20)), BASELINES);
    assertThat(report.markdown()).contains("| 0.0025 | 0.0018 – 0.0033 |\n");
  }

  /** Measured once for what it depends on, a baseline serves every other parameter. */
  @Test
  void aBaselineIsComparedUnderTheParametersThatItDependsOn() {
    var floor = new Floor("plain", Set.of("algorithm"));
    var rows =
        List.of(
            with("plain", "RS", "1", 100),
            with("plain", "ES", "1", 400),
            with("ours", "RS", "9", 200),
            with("ours", "ES", "9", 600),
            with("plain", "RS", "9", 50));
    assertThat(Report.of(rows, Map.of("Sum", floor)).rows())
        .extracting(row -> row.ratio().map(Ratio::value).orElse(0.0))
        .as("the same parameters go before those that matter")
        .containsExactly(0.0, 0.0, 4.0, 1.5, 0.0);
    assertThatThrownBy(() -> Report.of(rows.subList(1, 3), Map.of("Sum", floor)))
        .hasMessageContaining("no baseline in this run");
  }

  private static Measured with(String name, String algorithm, String size, double time) {
    return new Measured(
        "Sum",
        name,
        new TreeMap<>(Map.of("algorithm", algorithm, "size", size)),
        time,
        0,
        OptionalDouble.empty());
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Report report =
        Report.of(
            List.of(measured("plain", "1", 200, 20), measured("ours", "1", 300, 30)), BASELINES);
    assertThat(report.json())
        .isEqualTo(
            """
            [{"benchmark":"Sum.plain","with":{"size":"1"},"nanoseconds":200.0,"error":20.0,"bytes":64.0},\
            {"benchmark":"Sum.ours","with":{"size":"1"},"nanoseconds":300.0,"error":30.0,"bytes":64.0,"ratio":1.5}]
            """);
  }

  @Test
  void aParameterThatIsANumberIsPlotted() {
    Report report =
        Report.of(
            List.of(
                measured("plain", "10", 200, 20),
                measured("ours", "10", 300, 30),
                measured("plain", "100", 2_000, 20),
                measured("ours", "100", 300, 30)),
            BASELINES);
    Part part = MeasuredParts.of(report, Map.of()).getFirst();
    assertThat(part.name()).isEqualTo("jmh-sum");
    assertThat(part.tables().getFirst().rows()).hasSize(4);
    assertThat(part.plots()).hasSize(1);
    assertThat(part.plots().getFirst().series())
        .containsExactly(
            new Part.Series("plain", List.of(new Part.Point(10, 0.2), new Part.Point(100, 2))),
            new Part.Series("ours", List.of(new Part.Point(10, 0.3), new Part.Point(100, 0.3))));
  }

  @Test
  void whatHasNoBaselineInTheRunIsRefused() {
    assertThatThrownBy(
            () ->
                Report.of(
                    List.of(measured("ours", "1", 300, 30), measured("plain", "9", 200, 20)),
                    BASELINES))
        .hasMessageContaining("`Sum.ours` has no baseline in this run");
  }
}
