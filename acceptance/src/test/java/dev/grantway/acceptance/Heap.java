package dev.grantway.acceptance;

import java.util.regex.Pattern;

/** What a JVM's heap holds. */
final class Heap {
  private Heap() {}

  /** Megabytes in use after a collection. */
  static double inUse(long pid) {
    Jcmd.ask(pid, "GC.run");
    String said = Jcmd.ask(pid, "GC.heap_info");
    return Pattern.compile("used (\\d+)K")
            .matcher(said.replaceAll("(?s)Metaspace.*", ""))
            .results()
            .mapToLong(it -> Long.parseLong(it.group(1)))
            .sum()
        / 1024.0;
  }
}
