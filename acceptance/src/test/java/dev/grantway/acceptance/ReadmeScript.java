package dev.grantway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of README's five-minute try, as they stand there. */
record ReadmeScript(List<String> commands) {
  private static final String HEADING = "## Five-minute try";
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  static ReadmeScript read() {
    try {
      var text = Files.readString(Repository.root().resolve("README.md"));
      int heading = text.indexOf(HEADING);
      if (heading < 0) {
        throw new IllegalStateException("README.md has no heading `" + HEADING + "`");
      }
      int end = text.indexOf("\n## ", heading);
      return new ReadmeScript(
          BLOCK
              .matcher(text.substring(heading, end))
              .results()
              .flatMap(block -> block.group(1).lines())
              .map(ReadmeScript::withoutComment)
              .filter(line -> !line.isEmpty())
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one command that starts with this text. */
  String commandStarting(String start) {
    var found = commands.stream().filter(line -> line.startsWith(start)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "README has " + found.size() + " commands that start with `" + start + "`, not one");
    }
    return found.getFirst();
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf(" #");
    return (line.startsWith("#") ? "" : comment < 0 ? line : line.substring(0, comment)).strip();
  }
}
