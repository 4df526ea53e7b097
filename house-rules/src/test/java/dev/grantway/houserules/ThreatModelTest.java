package dev.grantway.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/threat-model.md names only classes and tests that there are. */
class ThreatModelTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

  private record Threat(String number, String metBy, String shownBy) {
    static Threat of(String row) {
      List<String> cells = List.of(row.split("(?<!\\\\)\\|", -1));
      assertThat(cells).as(row).hasSize(7);
      return new Threat(cells.get(1).strip(), cells.get(3), cells.get(4));
    }
  }

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:#(\\w+))?`");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)`");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/threat-model.md"));
  }

  private static List<Threat> threats() throws IOException {
    return page()
        .lines()
        .filter(line -> line.matches("\\| [A-Z]\\d+ [STRIDE](, [STRIDE])* \\|.*"))
        .map(Threat::of)
        .toList();
  }

  /** Java files below {@code MODULE/src/SET/java}, by the name of their class. */
  private static Map<String, List<Path>> sources(String set) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src").resolve(set).resolve("java"))
          .filter(Files::isDirectory)
          .flatMap(ThreatModelTest::javaBelow)
          .collect(
              Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    }
  }

  private static Stream<Path> javaBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean anyHas(Collection<Path> files, String method) {
    var declared = Pattern.compile("(?m)^  [\\w<>]+ " + method + "\\(");
    return files.stream()
        .anyMatch(
            file -> {
              try {
                return declared.matcher(Files.readString(file)).find();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void everyThreatHasANumberOfItsOwn() throws IOException {
    assertThat(threats()).extracting(Threat::number).doesNotHaveDuplicates().hasSizeGreaterThan(60);
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, List<Path>> tests = sources("test");
    var missing = new ArrayList<String>();
    for (MatchResult named : TEST.matcher(page()).results().toList()) {
      List<Path> files = tests.getOrDefault(named.group(1), List.of());
      boolean there = named.group(2) == null ? !files.isEmpty() : anyHas(files, named.group(2));
      if (!there) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyClassThatMeetsAThreatExists() throws IOException {
    Map<String, List<Path>> types = sources("main");
    assertThat(threats())
        .allSatisfy(
            threat ->
                assertThat(types.keySet())
                    .as(threat.number())
                    .containsAll(
                        TYPE.matcher(threat.metBy())
                            .results()
                            .map(type -> type.group(1))
                            .filter(type -> !type.endsWith("Test"))
                            .toList()));
  }

  @Test
  void everyThreatIsShownByATest() throws IOException {
    assertThat(threats())
        .allSatisfy(
            threat ->
                assertThat(TEST.matcher(threat.shownBy()).find()).as(threat.number()).isTrue());
  }
}
