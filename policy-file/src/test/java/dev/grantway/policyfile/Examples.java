package dev.grantway.policyfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples that the documentation shows. */
final class Examples {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private Examples() {}

  /** The policy file of docs/policy-file.md: every key is in it. */
  static String policyFile() {
    try {
      Matcher yaml = YAML.matcher(Files.readString(Path.of("../docs/policy-file.md")));
      if (!yaml.find()) {
        throw new IllegalStateException("docs/policy-file.md shows no YAML");
      }
      return yaml.group(1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
