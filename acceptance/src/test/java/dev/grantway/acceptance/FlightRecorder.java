package dev.grantway.acceptance;

import java.nio.file.Path;
import java.util.List;

/**
 * Records the parts of a sandbox where {@code ./grantway bench profile} says so by {@code
 * GRANTWAY_RECORDINGS}, the folder of the recordings: the parts know no options of the JVM that
 * started them.
 */
final class FlightRecorder {
  private static final String FOLDER = System.getenv().getOrDefault("GRANTWAY_RECORDINGS", "");

  private FlightRecorder() {}

  static void begin(List<ProcessHandle> parts) {
    if (!FOLDER.isEmpty()) {
      jvms(parts).forEach(it -> Jcmd.ask(it.pid(), "JFR.start", "name=bench", "settings=profile"));
    }
  }

  static void keep(List<ProcessHandle> parts) {
    if (!FOLDER.isEmpty()) {
      for (ProcessHandle part : jvms(parts)) {
        Path file = Path.of(FOLDER, part.pid() + ".jfr");
        Jcmd.ask(part.pid(), "JFR.dump", "name=bench", "filename=" + file);
      }
    }
  }

  private static List<ProcessHandle> jvms(List<ProcessHandle> parts) {
    return parts.stream().filter(it -> it.info().command().orElse("").endsWith("/java")).toList();
  }
}
