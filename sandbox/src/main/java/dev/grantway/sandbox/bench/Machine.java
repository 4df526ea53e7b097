package dev.grantway.sandbox.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a figure depends on besides the code. */
public final class Machine {
  private Machine() {}

  /** Processors, JDK, and how busy all of it is just now. */
  public static String now() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage();
    return String.format(
        Locale.ROOT,
        "%d processors (%s), %s %s, Java %s; %s",
        system.getAvailableProcessors(),
        system.getArch(),
        system.getName(),
        system.getVersion(),
        Runtime.version(),
        load < 0 ? "load unknown" : String.format(Locale.ROOT, "load %.1f at the start", load));
  }
}
