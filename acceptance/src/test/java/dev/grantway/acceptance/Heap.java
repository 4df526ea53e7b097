package dev.grantway.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a JVM's heap holds. */
final class Heap {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Heap() {}

  /** Megabytes in use after a collection. */
  static double inUse(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Commands.run(LIMIT, Map.of(), List.of(jcmd, "" + pid, "GC.run"));
    String said = Commands.run(LIMIT, Map.of(), List.of(jcmd, "" + pid, "GC.heap_info")).out();
    return Pattern.compile("used (\\d+)K")
            .matcher(said.replaceAll("(?s)Metaspace.*", ""))
            .results()
            .mapToLong(it -> Long.parseLong(it.group(1)))
            .sum()
        / 1024.0;
  }
}
