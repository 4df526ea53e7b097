package dev.grantway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine that benchmarks run on, in a line. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KIB_OF_A_GIB = 1 << 20;

  private Machine() {}

  static String described(Clock clock) {
    return "Put together on "
        + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        + " on "
        + processor()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + memory()
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", Java "
        + System.getProperty("java.runtime.version")
        + ". Each part is what its benchmark measured here last, perhaps on an earlier day; ratios are"
        + " of one run, and times stand beside them.";
  }

  private static String memory() {
    return first(MEMORY, "MemTotal")
        .map(it -> Long.parseLong(it.replaceAll("[^0-9]", "")) / KIB_OF_A_GIB)
        .map(it -> String.format(Locale.ROOT, "%.1f GiB of memory, ", it))
        .orElse("");
  }

  private static String processor() {
    return first(PROCESSORS, "model name").orElseGet(() -> System.getProperty("os.arch"));
  }

  /** What Linux says of it; empty where it says nothing, and elsewhere. */
  private static Optional<String> first(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
