package dev.grantway.issuers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** An entry of {@code GRANTWAY_ISSUERS} as docs/issuers.md has it. */
record Recipe(String json) {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  /** The block of that number (from 0) below that heading. */
  static Recipe of(String heading, int number) {
    var page = text("issuers.md");
    int start = page.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      throw new AssertionError("docs/issuers.md has no heading `" + heading + "`");
    }
    return new Recipe(
        BLOCK
            .matcher(page.substring(start))
            .results()
            .skip(number)
            .findFirst()
            .orElseThrow()
            .group(1));
  }

  /** A file of docs. */
  static String text(String name) {
    try {
      return Files.readString(DOCS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a text of the page replaced by what is true here; it must be there. */
  Recipe with(String written, String real) {
    if (!json.contains(written)) {
      throw new AssertionError("the recipe does not say `" + written + "`: " + json);
    }
    return new Recipe(json.replace(written, real));
  }
}
