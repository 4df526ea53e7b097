package dev.grantway.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JDK's own way to ask a JVM that runs. */
final class Jcmd {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Jcmd() {}

  /** What the JVM answers. */
  static String ask(long pid, String... words) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> all =
        Stream.concat(Stream.of(jcmd, "" + pid), Stream.of(words)).collect(Collectors.toList());
    return Commands.run(LIMIT, Map.of("JAVA_TOOL_OPTIONS", ""), all).out();
  }
}
