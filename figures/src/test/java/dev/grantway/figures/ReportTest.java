package dev.grantway.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Part PART =
      new Part(
          "scale",
          "Scale <of> \"it\"",
          "beside a peer's | loop",
          List.of(new Part.Table("", List.of("what", "ms"), List.of(List.of("a|b", "1.5")))),
          List.of(
              new Part.Plot(
                  "publish",
                  "permissions",
                  "ms",
                  true,
                  List.of(
                      series("linear", 1, 10, 100),
                      series("flat", 7, 7.1, 6.9),
                      series("square", 1, 100, 10_000))),
              new Part.Plot(
                  "latency", "one call in", "ms", true, false, List.of(series("hit", 1, 2, 3))),
              new Part.Plot("starts", "%", "ms", false, List.of(series("cold", 0, 1, 3)))));

  @TempDir private Path folder;

  private static Part.Series series(String name, double... y) {
    return new Part.Series(
        name,
        List.of(new Part.Point(10, y[0]), new Part.Point(100, y[1]), new Part.Point(1_000, y[2])));
  }

  @Test
  void aPartIsReadAsItWasWritten() throws IOException {
    Path parts = folder.resolve("parts");
    Path file = parts.resolve("scale.json");
    Parts.write(PART, file);
    assertThat(Parts.in(parts)).containsExactly(PART);
    assertThat(Parts.in(folder.resolve("none"))).isEmpty();
    Files.writeString(file, "{\"name\": \"x\"}");
    assertThatThrownBy(() -> Parts.in(parts))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("scale.json is no part of a report: no text `title`");
  }

  @Test
  void markdownHasTheTablesAndNamesTheGrowth() {
    assertThat(new Report("on a laptop", List.of(PART)).markdown())
        .contains("on a laptop")
        .contains("| what | ms |\n| - | - |\n| a\\|b | 1.5 |\n")
        .contains(
            """
            - linear grows as n^1.00
            - flat does not grow: the largest is 1.03 times the smallest
            - square grows as n^2.00
            """)
        .doesNotContain("latency")
        .doesNotContain("starts");
    assertThat(Report.tables(PART)).isEqualTo("\n| what | ms |\n| - | - |\n| a\\|b | 1.5 |\n");
  }

  /** As parts were written before plots said so. */
  @Test
  void aLogarithmicPlotThatDoesNotSayWhetherItGrowsDoes() throws IOException {
    Path file = folder.resolve("part.json");
    Parts.write(PART, file);
    Files.writeString(file, Files.readString(file).replaceAll("\"grows\":(true|false),", ""));
    assertThat(Parts.read(file).plots())
        .extracting(Part.Plot::grows)
        .containsExactly(true, true, false);
  }

  @Test
  void thePageIsWellFormedAndHoldsEveryPoint() throws Exception {
    String page = new Report("on <a> laptop", List.of(PART)).html();
    assertThat(page).contains("Scale &lt;of&gt;", "on &lt;a&gt; laptop").doesNotContain("NaN");
    assertThat(page.split("<svg", -1)).hasSize(4);
    assertThat(page)
        .contains(
            "<nav aria-label='Parts'><a href='#scale'>",
            "<ul><li>linear grows as n^1.00</li>",
            "<div class='wide' role='region' tabindex='0' aria-label='Scale &lt;of&gt; &quot;it&quot;'>",
            "<caption>Scale &lt;of&gt;",
            "<th scope='col'>what</th>",
            "<th scope='row'>a|b</th><td>1.5</td>");
    assertThat(page.split("<ul>", -1)).as("growth is told of one plot").hasSize(2);
    for (String svg : page.split("(?=<svg)|(?<=</svg>)", -1)) {
      if (svg.startsWith("<svg")) {
        var document =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("title").getLength()).isIn(3, 9);
      }
    }
  }

  @Test
  void whatHasNoLogarithmIsRefused() {
    assertThatThrownBy(() -> new Part.Plot("p", "x", "y", true, List.of(series("none", 0, 1, 2))))
        .hasMessageContaining("no logarithm");
    assertThatThrownBy(() -> new Part.Table("t", List.of("a"), List.of(List.of("b", "c"))))
        .hasMessageContaining("a row of t has 2 cells for 1");
    assertThatThrownBy(() -> new Part.Table("t", List.of(), List.of()))
        .hasMessageContaining("no columns");
    assertThatThrownBy(
            () -> new Part.Plot("p", "x", "y", false, true, List.of(series("any", 1, 2, 3))))
        .hasMessageContaining("no logarithmic axes");
  }
}
