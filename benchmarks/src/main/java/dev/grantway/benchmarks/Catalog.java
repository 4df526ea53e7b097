package dev.grantway.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every class of benchmarks.
 *
 * @param types by name
 */
record Catalog(List<Class<?>> types) {
  Catalog {
    types = List.copyOf(types);
  }

  /** The classes that JMH found while this module was compiled. */
  static Catalog compiled() {
    var silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    return new Catalog(
        BenchmarkList.defaultList().getAll(silent, List.of()).stream()
            .map(BenchmarkListEntry::getUserClassQName)
            .distinct()
            .sorted()
            .<Class<?>>map(Catalog::type)
            .toList());
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no class `" + name + "`: build this module again", e);
    }
  }

  /** The classes whose simple name holds that text, in any case. */
  List<Class<?>> named(String text) {
    String part = text.toLowerCase(Locale.ROOT);
    return types.stream()
        .filter(type -> type.getSimpleName().toLowerCase(Locale.ROOT).contains(part))
        .toList();
  }

  String names() {
    return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
  }

  /**
   * What each class names as its baseline, by the class's simple name.
   *
   * @throws IllegalStateException where a class has none, or more than one
   */
  Map<String, Floor> floors() {
    return types.stream().collect(Collectors.toMap(Class::getSimpleName, Catalog::floor));
  }

  /** What each class says of itself, by its simple name. */
  Map<String, String> notes() {
    return types.stream()
        .filter(type -> type.isAnnotationPresent(About.class))
        .collect(
            Collectors.toMap(
                Class::getSimpleName, type -> type.getAnnotation(About.class).value()));
  }

  private static Floor floor(Class<?> type) {
    List<Method> found =
        Arrays.stream(type.getMethods())
            .filter(method -> method.isAnnotationPresent(Baseline.class))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "`" + type.getSimpleName() + "` needs one @Baseline, and has " + found);
    }
    Method method = found.getFirst();
    return new Floor(method.getName(), Set.of(method.getAnnotation(Baseline.class).value()));
  }
}
