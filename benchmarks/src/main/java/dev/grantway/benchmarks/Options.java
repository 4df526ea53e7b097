package dev.grantway.benchmarks;

import java.util.List;

/**
 * What was asked of the command.
 *
 * @param benchmarks the classes to run
 * @param pace how long each is measured
 * @param json the answer as JSON
 * @param help what the command does, and nothing else
 */
record Options(List<Class<?>> benchmarks, Pace pace, boolean json, boolean help) {
  static final String USAGE =
      "usage: ./grantway bench [NAME] [--quick | --brief] [--format json], or ./grantway bench soak"
          + " [--minutes N]";

  /** How long each benchmark is measured. */
  enum Pace {
    /** A look in seconds, too short for a figure that is worth keeping. */
    QUICK(1, 1, 200, 3, 200),
    /**
     * For the whole report, in minutes: what {@link Brief} names, warmed up as long as ever. Many
     * short turns tell more of the spread than a few long ones of the same time.
     */
    BRIEF(1, 5, 1_000, 8, 300),
    /** Everything in three processes each, for figures to be quoted. */
    FULL(3, 5, 1_000, 5, 1_000);

    private final int forks;
    private final int warmups;
    private final int warmupMillis;
    private final int measurements;
    private final int millis;

    Pace(int forks, int warmups, int warmupMillis, int measurements, int millis) {
      this.forks = forks;
      this.warmups = warmups;
      this.warmupMillis = warmupMillis;
      this.measurements = measurements;
      this.millis = millis;
    }

    int forks() {
      return forks;
    }

    int warmups() {
      return warmups;
    }

    int warmupMillis() {
      return warmupMillis;
    }

    int measurements() {
      return measurements;
    }

    int millis() {
      return millis;
    }
  }

  Options {
    benchmarks = List.copyOf(benchmarks);
  }

  /**
   * Reads a command line.
   *
   * @param catalog what there is to name
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Options of(Catalog catalog, String... arguments) {
    String name = "";
    Pace pace = Pace.FULL;
    boolean json = false;
    boolean help = false;
    int at = 0;
    while (at < arguments.length) {
      String argument = arguments[at++];
      switch (argument) {
        case "--quick" -> pace = Pace.QUICK;
        case "--brief" -> pace = Pace.BRIEF;
        case "-h", "--help" -> help = true;
        case "--format" -> json = isJson(at < arguments.length ? arguments[at++] : "");
        case "--format=json" -> json = true;
        default -> name = name(argument, name);
      }
    }
    return new Options(named(catalog, name), pace, json, help);
  }

  private static boolean isJson(String format) {
    if (!format.equals("json")) {
      throw new IllegalArgumentException("--format takes `json`, not `" + format + "`");
    }
    return true;
  }

  private static String name(String argument, String before) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException("unknown option `" + argument + "`");
    }
    if (!before.isEmpty()) {
      throw new IllegalArgumentException(
          "one name at a time, not `" + before + "` and `" + argument + "`: leave one out");
    }
    return argument;
  }

  private static List<Class<?>> named(Catalog catalog, String name) {
    List<Class<?>> found = catalog.named(name);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no benchmark is named `" + name + "`: there are " + catalog.names());
    }
    return found;
  }
}
