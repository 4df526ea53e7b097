package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
  @TempDir private Path folder;

  private final InMemoryPolicy table = InMemoryPolicy.of(Policy.EMPTY, Clock.systemUTC());

  @Test
  void emptyTableStartsWithTheSample() {
    assertThat(new Seed("orders").into(table)).contains("published `orders` as revision 1");
    assertThat(table.live().policy().apiNamed("orders")).isPresent();
  }

  @Test
  void tableWithARevisionIsLeftAlone() {
    new Seed("orders").into(table);
    assertThat(new Seed("orders").into(table)).contains("the table holds revision 1, which stays");
    assertThat(table.head().revision()).isEqualTo(1);
  }

  @Test
  void noneLeavesItEmpty() {
    assertThat(new Seed("none").into(table)).isEmpty();
    assertThat(table.head().revision()).isZero();
  }

  @Test
  void policyFileIsPublished() throws IOException {
    Path file = write("grantway: 1\nroles: [{name: clerk}]\n");
    assertThat(new Seed(file.toString()).into(table)).isPresent();
    assertThat(table.live().policy().roles()).hasSize(1);
  }

  @Test
  void policyFileWithAnErrorIsRefusedAtItsLine() throws IOException {
    Path file = write("grantway: 1\nroles: [{name: a, inherits: [a]}]\n");
    assertThatThrownBy(() -> new Seed(file.toString()).into(table))
        .isInstanceOfSatisfying(
            SandboxException.class, refused -> assertThat(refused.exitCode()).isEqualTo(2))
        .hasMessageContaining("policy.yaml:2:");
    assertThat(table.head().revision()).isZero();
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new Seed("nowhere.yaml").into(table))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("nowhere.yaml");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }
}
