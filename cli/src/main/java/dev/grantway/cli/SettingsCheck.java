package dev.grantway.cli;

import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Position;
import dev.grantway.store.InMemoryPolicy;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the authorizer's settings as the authorizer itself does at its start. */
final class SettingsCheck {
  private static final Pattern NAME = Pattern.compile("GRANTWAY_[A-Z0-9_]+");

  private SettingsCheck() {}

  static List<Finding> run(String text, String file, Console console) {
    try {
      new AuthorizerHandler(
          Settings.of(text),
          InMemoryPolicy.of(Policy.EMPTY, console.clock()),
          console.clock(),
          console::say);
      return List.of();
    } catch (ConfigurationException wrong) {
      return wrong.problems().stream().map(problem -> finding(text, file, problem)).toList();
    }
  }

  private static Finding finding(String text, String file, String problem) {
    return new Finding(
        file,
        place(text, problem),
        Finding.Severity.ERROR,
        FindingCode.BAD_SETTING,
        problem,
        "correct the setting");
  }

  /** Where the setting that a problem names stands. */
  private static Position place(String text, String problem) {
    Matcher name = NAME.matcher(problem);
    int at = name.find() ? text.indexOf("\"" + name.group() + "\"") : -1;
    if (at < 0) {
      return Position.START;
    }
    String before = text.substring(0, at);
    return new Position(
        (int) before.chars().filter(c -> c == '\n').count() + 1, at - before.lastIndexOf('\n'));
  }
}
