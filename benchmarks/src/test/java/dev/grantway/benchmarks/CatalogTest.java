package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Every benchmark can be set up, answers rightly and has a baseline; nothing is measured here. */
class CatalogTest {
  private static final int SOME = 3;

  private final Catalog catalog = Catalog.compiled();

  @Test
  void jmhFindsTheBenchmarks() {
    assertThat(catalog.types()).contains(TokenVerification.class);
    assertThat(catalog.named("tokenver")).containsExactly(TokenVerification.class);
    assertThat(catalog.named("nothing of that name")).isEmpty();
  }

  @Test
  void everyClassHasOneBaseline() {
    assertThat(catalog.floors()).hasSameSizeAs(catalog.types());
    assertThat(catalog.notes()).as("what the report says of each").hasSameSizeAs(catalog.types());
    var without = new Catalog(List.of(String.class));
    assertThatThrownBy(without::floors).hasMessageContaining("needs one @Baseline");
  }

  /** A name that is none would leave a brief run without what it was to measure. */
  @Test
  void whatABriefRunNamesIsThere() throws Exception {
    for (Class<?> type : catalog.types()) {
      for (Brief brief : type.getAnnotationsByType(Brief.class)) {
        for (String method : brief.methods()) {
          assertThat(type.getMethod(method).isAnnotationPresent(Benchmark.class)).isTrue();
        }
        for (String with : brief.with()) {
          String[] parts = with.split("=", 2);
          assertThat(type.getField(parts[0]).getAnnotation(Param.class).value())
              .contains(parts[1].split(","));
        }
      }
      Floor floor = Objects.requireNonNull(catalog.floors().get(type.getSimpleName()));
      for (String parameter : floor.of()) {
        assertThat(type.getField(parameter).isAnnotationPresent(Param.class)).isTrue();
      }
    }
  }

  @Test
  void aBriefRunMeasuresWhatIsNamedAndAFullOneEverything() {
    Options full = Options.of(catalog, "DecisionPath");
    assertThat(Turn.of(full))
        .singleElement()
        .satisfies(it -> assertThat(it.parameters()).isEmpty());
    List<Turn> brief = Turn.of(Options.of(catalog, "DecisionPath", "--brief"));
    assertThat(brief.getFirst().parameters()).containsEntry("algorithm", List.of("RS256"));
    String name = DecisionPath.class.getName();
    assertThat(brief.getFirst().benchmarks())
        .anyMatch(it -> (name + ".casbin").matches(it))
        .noneMatch(it -> (name + ".casbinCached").matches(it));
  }

  /** Of each class, some combinations of its parameters, drawn by a seed that is printed. */
  @Test
  void setupsAnswerRightly() throws Exception {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("setups, seed " + seed);
    var random = new Random(seed);
    for (Class<?> type : catalog.types()) {
      List<Method> setups =
          Arrays.stream(type.getMethods())
              .filter(method -> method.isAnnotationPresent(Setup.class))
              .toList();
      assertThat(setups).as("@Setup of " + type.getSimpleName()).isNotEmpty();
      List<Object> combinations = new ArrayList<>(underEveryParameter(type));
      Collections.shuffle(combinations, random);
      for (Object benchmarks : combinations.subList(0, Math.min(SOME, combinations.size()))) {
        for (Method setup : setups) {
          setup.invoke(benchmarks);
        }
      }
    }
  }

  /** One instance for each combination of what its fields may be. */
  private static List<Object> underEveryParameter(Class<?> type) throws Exception {
    List<Object> instances = new ArrayList<>(List.of(type.getConstructor().newInstance()));
    for (Field field : type.getFields()) {
      Param values = field.getAnnotation(Param.class);
      if (values != null) {
        instances = spread(instances, field, values.value());
      }
    }
    return instances;
  }

  private static List<Object> spread(List<Object> instances, Field field, String[] values)
      throws Exception {
    var spread = new ArrayList<>();
    for (Object instance : instances) {
      for (String value : values) {
        Object copy = instance.getClass().getConstructor().newInstance();
        for (Field each : instance.getClass().getFields()) {
          each.set(copy, each.get(instance));
        }
        field.set(copy, parsed(value, field.getType()));
        spread.add(copy);
      }
    }
    return spread;
  }

  private static Object parsed(String value, Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String" -> value;
      case "int" -> Integer.valueOf(value);
      case "boolean" -> Boolean.valueOf(value);
      default -> throw new AssertionError("a @Param of type " + type + ": read it here");
    };
  }
}
