package dev.grantway.authorizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Public samples and vectors that stand beside the project and are not copied into it. */
public final class SharedFolder {
  private SharedFolder() {}

  /**
   * The folder below {@code ../shared}, looked for from here upwards; says so where it is absent.
   */
  public static Optional<Path> find(String name) {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var folder = at.resolveSibling("shared").resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    System.out.println(
        "no folder ../shared/" + name + " above the module: its samples are not read");
    return Optional.empty();
  }
}
