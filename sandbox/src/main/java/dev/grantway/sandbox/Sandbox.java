package dev.grantway.sandbox;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the sandbox: {@code up} and {@code token}. */
@Command(
    name = "grantway",
    subcommands = {UpCommand.class, TokenCommand.class})
public final class Sandbox {
  private Sandbox() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Sandbox())
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              if (thrown instanceof SandboxException refused) {
                command.getErr().println(refused.getMessage());
                return refused.exitCode();
              }
              thrown.printStackTrace(command.getErr());
              return 3;
            });
  }
}
