package dev.grantway.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.grantway.sandbox.bench.ReportPart.Plot;
import dev.grantway.sandbox.bench.ReportPart.Point;
import dev.grantway.sandbox.bench.ReportPart.Series;
import dev.grantway.sandbox.bench.ReportPart.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPartTest {
  private static final ReportPart PART =
      new ReportPart(
          "cold",
          "Cold start",
          "a note with \"quotes\"\nand <b>",
          List.of(new Table("starts", List.of("kind", "ms"), List.of(List.of("a | b", "1.5")))),
          List.of(
              new Plot(
                  "plot",
                  "%",
                  "ms",
                  true,
                  List.of(new Series("a", List.of(new Point(1, 2.5), new Point(2, 1e-7)))))));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsTheJsonThatTheReportIsComposedOf() throws Exception {
    Path file = folder.resolve("parts/cold.json");
    PART.write(file);
    assertThat(JSONObjectUtils.parse(Files.readString(file)))
        .isEqualTo(
            Map.of(
                "name",
                "cold",
                "title",
                "Cold start",
                "note",
                "a note with \"quotes\"\nand <b>",
                "tables",
                List.of(
                    Map.of(
                        "title",
                        "starts",
                        "columns",
                        List.of("kind", "ms"),
                        "rows",
                        List.of(List.of("a | b", "1.5")))),
                "plots",
                List.of(
                    Map.of(
                        "title",
                        "plot",
                        "x",
                        "%",
                        "y",
                        "ms",
                        "log",
                        true,
                        "series",
                        List.of(
                            Map.of(
                                "name",
                                "a",
                                "points",
                                List.of(List.of(1.0, 2.5), List.of(2.0, 1e-7))))))));
  }

  @Test
  void itIsATableInMarkdownToo() {
    var text = new StringWriter();
    PART.print(new PrintWriter(text));
    assertThat(text.toString())
        .startsWith("| kind | ms |\n| - | - |\n| a \\| b | 1.5 |\n")
        .endsWith("\na note with \"quotes\"\nand <b>\n");
  }

  @Test
  void rowsOfAnotherWidthAndPointsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("a row of `t` has not 2 cells");
    assertThatThrownBy(() -> new Point(1, Double.NaN)).hasMessageContaining("cannot be drawn");
    assertThatThrownBy(() -> new Point(1, 1.0 / 0)).hasMessageContaining("cannot be drawn");
  }
}
