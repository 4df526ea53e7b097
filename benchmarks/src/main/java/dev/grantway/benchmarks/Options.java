package dev.grantway.benchmarks;

import java.util.List;

/**
 * What was asked of the command.
 *
 * @param benchmarks the classes to run
 * @param quick a look in seconds, too short for a figure that is worth keeping
 * @param json the answer as JSON
 * @param help what the command does, and nothing else
 */
record Options(List<Class<?>> benchmarks, boolean quick, boolean json, boolean help) {
  static final String USAGE =
      "usage: ./grantway bench [NAME] [--quick] [--format json], or ./grantway bench soak"
          + " [--minutes N]";

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
    boolean quick = false;
    boolean json = false;
    boolean help = false;
    int at = 0;
    while (at < arguments.length) {
      String argument = arguments[at++];
      switch (argument) {
        case "--quick" -> quick = true;
        case "-h", "--help" -> help = true;
        case "--format" -> json = isJson(at < arguments.length ? arguments[at++] : "");
        case "--format=json" -> json = true;
        default -> name = name(argument, name);
      }
    }
    return new Options(named(catalog, name), quick, json, help);
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
