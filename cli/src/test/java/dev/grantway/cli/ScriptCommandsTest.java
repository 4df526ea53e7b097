package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell completes is what there is. */
class ScriptCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static List<String> found(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map((MatchResult it) -> it.group(1))
        .toList();
  }

  @Test
  void everyCommandOfTheScriptIsCompleted() throws IOException {
    Ran ran = Ran.with("", "completion");
    assertThat(ran.exit()).isZero();
    var commands = Pattern.compile("local commands=\"([^\"]*)\"").matcher(ran.out());
    assertThat(commands.find()).isTrue();
    assertThat(List.of(commands.group(1).split(" ")))
        .containsAll(found(Path.of("grantway"), "^  ([a-z][a-z-]+)  +[a-z`]"))
        .contains("up", "who-can");
  }

  @ParameterizedTest
  @CsvSource({"up, UpCommand", "token, TokenCommand"})
  void theSandboxsOptionsAreThoseThatItTakes(String command, String source) throws IOException {
    Path file = Path.of("sandbox/src/main/java/dev/grantway/sandbox", source + ".java");
    Set<String> taken = new TreeSet<>(found(file, "names = \"(--[a-z-]+)\""));
    List<String> known =
        ScriptCommands.OPTIONS.getOrDefault(command, List.of()).stream()
            .map(it -> it.replace("=", ""))
            .toList();
    assertThat(known).containsExactlyInAnyOrderElementsOf(taken);
  }
}
