package dev.grantway.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir Path data;

  @Test
  void theKeyOfTheLastRunIsTheKeyOfTheNext() {
    Path file = data.resolve("key.json");
    assertThat(SigningKey.loadOrCreate(file)).isEqualTo(SigningKey.loadOrCreate(file));
  }

  @Test
  void aKeyHalfWrittenByARunThatWasKilledIsNeverUsed() throws IOException {
    Files.writeString(data.resolve("key.json.new"), "{\"kty\":");
    assertThat(SigningKey.loadOrCreate(data.resolve("key.json")).isPrivate()).isTrue();
  }

  @Test
  void aDamagedKeyIsNamedWithTheWayOut() throws IOException {
    Path file = Files.writeString(data.resolve("key.json"), "{}");
    assertThatThrownBy(() -> SigningKey.loadOrCreate(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("delete");
  }
}
