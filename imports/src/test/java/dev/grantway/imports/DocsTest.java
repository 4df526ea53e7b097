package dev.grantway.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.store.MembershipList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/imports.md and the code say the same. */
class DocsTest {
  @Test
  void everyCodeKindColumnAndLimitIsThere() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "imports.md"));
    for (ImportCode code : ImportCode.values()) {
      assertThat(page).contains("`" + code.text() + "`");
    }
    for (ImportKind kind : ImportKind.values()) {
      assertThat(page).contains("`" + kind.text() + "`");
    }
    PermissionCsv.COLUMNS.forEach(it -> assertThat(page).contains("`" + it + "`"));
    AssignmentCsv.COLUMNS.forEach(it -> assertThat(page).contains("`" + it + "`"));
    MembershipImport.COLUMNS.forEach(it -> assertThat(page).contains("`" + it + "`"));
    assertThat(page)
        .contains("%,d rows".formatted(MembershipList.MOST_ROWS))
        .contains("%,d characters".formatted(MembershipImport.MOST_CHARACTERS))
        .contains((Imports.MOST_BYTES >> 20) + " MiB")
        .contains("%,d rows".formatted(CsvTable.MOST_ROWS))
        .contains("%,d errors".formatted(CsvTable.MOST_ERRORS))
        .contains("%,d values".formatted(OpenApiTree.MOST_VALUES))
        .contains("nested " + OpenApiTree.DEEPEST + " deep");
  }
}
