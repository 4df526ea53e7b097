package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance tables against the one {@code decide}. */
class ConformanceTest {

  @TestFactory
  Stream<DynamicContainer> everyRowIsDecidedAsItSays() {
    return CaseTables.all().stream()
        .map(table -> DynamicContainer.dynamicContainer(table.name(), rows(table)));
  }

  private static Stream<DynamicTest> rows(CaseTable table) {
    var run = new TestRun(table.policy(), Samples.CLOCK);
    return table.rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.toString(),
                    () -> assertThat(run.failure(row.test())).as(row.toString()).isEmpty()));
  }

  @Test
  void thereAreHundredsOfRowsAndEachNamesALaw() {
    List<CaseTable.Row> rows =
        CaseTables.all().stream().flatMap(table -> table.rows().stream()).toList();
    assertThat(rows).hasSizeGreaterThan(350);
    assertThat(rows).allSatisfy(row -> assertThat(row.ids()).isNotEmpty());
    assertThat(rows).allSatisfy(row -> assertThat(row.test().by()).isPresent());
  }

  @Test
  void everyTableFileIsInTheIndex() throws IOException {
    Path home = Path.of("../conformance/src/main/resources/dev/grantway/conformance");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(Files.readAllLines(home.resolve("index.txt")));
    }
  }
}
