package dev.grantway.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The staged files that this sandbox runs from: for each part a file {@code PART.classpath}.
 * Nothing replaces them while it runs.
 */
record Distribution(Path root) {
  static Distribution fromSystemProperty() {
    String root = System.getProperty("grantway.dist", "");
    if (root.isEmpty()) {
      throw new SandboxException(2, "start the sandbox with `./grantway up`");
    }
    return new Distribution(Path.of(root));
  }

  String classPath(String part) {
    try {
      return Files.readString(root.resolve(part + ".classpath")).strip();
    } catch (IOException e) {
      throw new SandboxException(
          3, "`" + root + "` has no part `" + part + "`: run `./grantway up` again to rebuild it");
    }
  }

  /** The unpacked zip of the authorizer, as Lambda unpacks it. */
  Path function() {
    return root.resolve("function");
  }
}
