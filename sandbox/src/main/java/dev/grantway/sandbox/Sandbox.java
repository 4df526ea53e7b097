package dev.grantway.sandbox;

import dev.grantway.cli.UsageSentence;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the sandbox: {@code up} and {@code token}. */
@Command(
    name = "grantway",
    subcommands = {
      UpCommand.class,
      TokenCommand.class,
      TrainCommand.class,
      ColdStartCommand.class,
      LoadCommand.class
    })
public final class Sandbox {
  private Sandbox() {}

  public static void main(String[] args) {
    PrintStream answers = System.out;
    // Whatever a library, the issuer or the authorizer writes to stdout is no answer.
    System.setOut(System.err);
    System.exit(
        commandLine().setOut(new PrintWriter(answers, true, answers.charset())).execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Sandbox())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(
            (wrong, given) -> {
              wrong.getCommandLine().getErr().println(UsageSentence.of(wrong));
              return wrong.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
            })
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              if (thrown instanceof SandboxException refused) {
                command.getErr().println(refused.getMessage());
                return refused.exitCode();
              }
              command.getErr().println(unforeseen(command.getCommandName(), thrown));
              return 3;
            });
  }

  private static String unforeseen(String command, Exception thrown) throws IOException {
    Path trace = Files.createTempFile("grantway-", ".trace");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(trace))) {
      thrown.printStackTrace(out);
    }
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return "`" + command + "` failed: " + message + "; the details are in `" + trace + "`";
  }
}
