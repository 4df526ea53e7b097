package dev.grantway.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code ./grantway} does without this program: known here so that a shell completes it. */
final class ScriptCommands {
  /** By command its options; {@code =} behind those that take a value. */
  static final Map<String, List<String>> OPTIONS =
      new TreeMap<>(
          Map.of(
              "up",
                  List.of(
                      "--port-base=",
                      "--data=",
                      "--fresh",
                      "--seed=",
                      "--authorizer=",
                      "--gateway-answers="),
              "token",
                  List.of("--sub=", "--roles=", "--client=", "--ttl=", "--claims=", "--port-base="),
              "test", List.of("--only=", "--coverage"),
              "package", List.of("--format=", "--admin", "--image"),
              "bench", List.of("--full"),
              "deploy", List.of("--into=")));

  private ScriptCommands() {}

  static void addTo(CommandLine line) {
    OPTIONS.forEach(
        (name, options) -> {
          CommandSpec command = CommandSpec.create();
          options.forEach(it -> command.addOption(option(it)));
          line.addSubcommand(name, command);
        });
  }

  private static OptionSpec option(String written) {
    boolean takesValue = written.endsWith("=");
    String name = takesValue ? written.substring(0, written.length() - 1) : written;
    return OptionSpec.builder(name)
        .arity(takesValue ? "1" : "0")
        .type(takesValue ? String.class : boolean.class)
        .build();
  }
}
