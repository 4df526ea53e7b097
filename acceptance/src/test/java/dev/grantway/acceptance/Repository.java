package dev.grantway.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the clone under test is. */
final class Repository {
  private Repository() {}

  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("grantway")) && Files.isRegularFile(at.resolve("mvnw"))) {
        return at;
      }
    }
    throw new IllegalStateException("no folder above this one holds `grantway` and `mvnw`");
  }

  /** Where reports and screenshots of this run go. */
  static Path target() {
    return root().resolve("acceptance/target/acceptance");
  }
}
