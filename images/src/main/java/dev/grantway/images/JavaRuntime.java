package dev.grantway.images;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** The Java runtime of an image: this JDK's, without what only builds and screens need. */
final class JavaRuntime {
  /** Whole of Java SE, and what the JDK adds for TLS, zip files, metrics and other alphabets. */
  private static final String MODULES =
      "java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jfr,"
          + "jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  private JavaRuntime() {}

  /**
   * Links one.
   *
   * @param into a folder that is not there yet
   */
  static void link(Path into) throws ImageException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(
                () -> new ImageException("this Java has no `jlink`: run by a whole JDK 25"));
    var said = new StringWriter();
    var writer = new PrintWriter(said);
    int exit =
        jlink.run(
            writer,
            writer,
            "--add-modules",
            MODULES,
            "--strip-java-debug-attributes",
            "--no-man-pages",
            "--no-header-files",
            "--output",
            into.toString());
    if (exit != 0) {
      throw new ImageException("jlink failed: " + said);
    }
  }
}
