package dev.grantway.cli;

import dev.grantway.store.StoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code grantway} commands. */
@Command(
    name = "grantway",
    description = "Policy-as-data authorization for Amazon API Gateway.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final String COMPLETION = "completion";

  @SuppressWarnings("UnusedVariable") // picocli reads its options
  @Mixin
  private Common common = new Common();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(Console.system(), args));
  }

  static int run(Console console, String... args) {
    return run(console, TableAccess.inDynamoDb(console), args);
  }

  /** With another way to tables. */
  static int run(Console console, TableAccess.Tables tables, String... args) {
    var line =
        new CommandLine(new Main())
            .addSubcommand(new DecideCommand(console))
            .addSubcommand(new CheckCommand(console))
            .addSubcommand(new AuthorizeCommand(console))
            .addSubcommand(new CompileCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new PrepareTableCommand(console))
            .addSubcommand(new ApplyCommand(console, tables))
            .addSubcommand(new ExportCommand(console, tables))
            .addSubcommand(new PlanCommand(console, tables))
            .addSubcommand(new ImportCommand(console, tables))
            .addSubcommand(new DiffCommand(console, tables))
            .addSubcommand(new WhoCanCommand(console, tables))
            .addSubcommand(new ExplainCommand(console, tables))
            .addSubcommand(new UsageCommand(console, tables))
            .addSubcommand(COMPLETION, new AutoComplete.GenerateCompletion())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler((wrong, given) -> usage(console, wrong))
            .setExecutionExceptionHandler((failed, command, given) -> failed(console, failed));
    if (args.length > 0 && args[0].equals(COMPLETION)) {
      ScriptCommands.addTo(line);
    }
    int exit = line.execute(args);
    console.out().flush();
    console.err().flush();
    if (console.out().checkError()) {
      console.say(
          "the answer could not be written whole: see whether the disk is full or its reader is"
              + " gone, and do not use what is there of it");
      return ExitCode.OUTSIDE;
    }
    return exit;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usage(Console console, ParameterException wrong) {
    console.say(UsageSentence.of(wrong));
    return ExitCode.USAGE;
  }

  private static int failed(Console console, Exception failed) {
    if (failed instanceof InputException) {
      console.say(String.valueOf(failed.getMessage()));
      return ExitCode.USAGE;
    }
    if (failed instanceof StoreException.NotKept) {
      console.say(String.valueOf(failed.getMessage()));
      return ExitCode.USAGE;
    }
    if (failed instanceof StoreException) {
      console.say(String.valueOf(failed.getMessage()));
      return ExitCode.OUTSIDE;
    }
    String what =
        String.valueOf(failed instanceof UncheckedIOException io ? io.getCause() : failed);
    console.say("the command stopped: " + what);
    return ExitCode.OUTSIDE;
  }
}
