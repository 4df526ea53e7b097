package dev.grantway.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Benchmarks that JMH runs together.
 *
 * @param benchmarks patterns of their full names
 * @param parameters by name, what is measured of their values; every value of one that is missing
 */
record Turn(List<String> benchmarks, Map<String, List<String>> parameters) {
  Turn {
    benchmarks = List.copyOf(benchmarks);
    parameters = new TreeMap<>(parameters);
  }

  /** What was asked for: one turn, or those of a brief run. */
  static List<Turn> of(Options options) {
    return options.pace() == Options.Pace.BRIEF
        ? options.benchmarks().stream().flatMap(Turn::brief).toList()
        : List.of(new Turn(options.benchmarks().stream().map(Turn::every).toList(), Map.of()));
  }

  private static Stream<Turn> brief(Class<?> type) {
    Brief[] several = type.getAnnotationsByType(Brief.class);
    return several.length == 0
        ? Stream.of(new Turn(List.of(every(type)), Map.of()))
        : Arrays.stream(several).map(it -> of(type, it));
  }

  private static Turn of(Class<?> type, Brief brief) {
    return new Turn(
        Arrays.stream(brief.methods()).map(it -> every(type) + it + "$").toList(),
        Arrays.stream(brief.with())
            .map(it -> it.split("=", 2))
            .collect(Collectors.toMap(it -> it[0], it -> List.of(it[1].split(",")))));
  }

  private static String every(Class<?> type) {
    return "^" + Pattern.quote(type.getName() + ".");
  }
}
