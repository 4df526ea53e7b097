package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/findings.md explains every code there is, and no other. */
class FindingsPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[^|]*`) \\|([^|]*)\\|([^|]*)\\|(.*)$");
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

  private static List<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("../docs/findings.md"))).results().toList();
  }

  @Test
  void everyCodeHasARowAndEveryRowACode() throws IOException {
    var explained = new ArrayList<String>();
    for (MatchResult row : rows()) {
      CODE.matcher(row.group(1)).results().map(code -> code.group(1)).forEach(explained::add);
    }
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            Stream.<Code>concat(
                    Arrays.stream(dev.grantway.analysis.FindingCode.values()),
                    Arrays.stream(FindingCode.values()))
                .map(Code::text)
                .toList());
  }

  @Test
  void everyFindingOfTheAnalysisSaysWhatItMeansAndWhatToDo() throws IOException {
    List<String> analysed =
        Arrays.stream(dev.grantway.analysis.FindingCode.values()).map(Code::text).toList();
    assertThat(rows())
        .filteredOn(row -> analysed.contains(row.group(1).replace("`", "")))
        .hasSize(analysed.size())
        .allSatisfy(
            row -> {
              assertThat(row.group(2)).containsPattern("error|warning|note");
              assertThat(row.group(3).strip()).hasSizeGreaterThan(40);
              assertThat(row.group(4).replace("|", "").strip()).hasSizeGreaterThan(8);
            });
  }
}
