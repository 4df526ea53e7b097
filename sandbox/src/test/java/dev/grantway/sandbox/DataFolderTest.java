package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void whatSomebodyElsePutThereIsNeitherUsedNorEmptied() throws IOException {
    Path theirs = Files.createDirectory(parent.resolve("theirs"));
    Path thesis = Files.writeString(theirs.resolve("thesis.txt"), "years of work");
    for (boolean fresh : new boolean[] {false, true}) {
      assertThatThrownBy(() -> DataFolder.open(theirs, fresh))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining(theirs.toString());
    }
    assertThat(theirs).isDirectoryContaining(path -> path.equals(thesis));
    assertThat(theirs.toFile().list()).hasSize(1);
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> DataFolder.open(file, false)).isInstanceOf(SandboxException.class);
  }

  @Test
  void dataStayFromOneSandboxToTheNextAndFreshDropsThem() throws IOException {
    Path root = parent.resolve("data");
    try (var first = DataFolder.open(root, false)) {
      Files.writeString(first.table().resolve("rows"), "1");
      Files.writeString(first.issuerKey(), "key");
    }
    try (var second = DataFolder.open(root, false)) {
      assertThat(second.table().resolve("rows")).exists();
      assertThat(second.issuerKey()).exists();
    }
    try (var third = DataFolder.open(root, true)) {
      assertThat(third.table()).isEmptyDirectory();
      assertThat(third.issuerKey()).doesNotExist();
    }
    try (var fourth = DataFolder.open(root, false)) {
      assertThat(fourth.table()).as("a folder made fresh is still ours").isEmptyDirectory();
    }
  }

  @Test
  void logsOfPartsLieOutsideTheFolderOfAccessLogs() {
    Path root = parent.resolve("data");
    try (var data = DataFolder.open(root, false)) {
      Path access = DataFolder.accessLogs(root);
      assertThat(access).isEmptyDirectory();
      for (String part : new String[] {"admin", "table"}) {
        assertThat(data.log(part).getParent()).isDirectory().isNotEqualTo(access);
      }
    }
  }

  @Test
  void aSandboxThatStoppedInOrderWasNotKilled() {
    Path root = parent.resolve("data");
    assertThat(DataFolder.wasKilled(root)).isFalse();
    DataFolder.open(root, false).close();
    assertThat(DataFolder.wasKilled(root)).isFalse();
  }

  @Test
  void aSandboxThatLeftItsMarkWasKilled() throws IOException {
    Path root = parent.resolve("data");
    DataFolder.open(root, false).close();
    Files.writeString(root.resolve("running"), "");
    assertThat(DataFolder.wasKilled(root)).isTrue();
  }
}
