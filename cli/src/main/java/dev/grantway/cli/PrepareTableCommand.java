package dev.grantway.cli;

import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.TableSetup;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prepare-table}: puts what an empty table needs before anything starts. */
@Command(
    name = "prepare-table",
    description =
        "Put a head at revision 0 into an empty table, which authorizers and the admin app need; a"
            + " table that has one stays as it is.")
final class PrepareTableCommand implements Callable<Integer> {
  private final Console console;

  @SuppressWarnings("UnusedVariable") // picocli reads its options
  @Mixin
  private Common common = new Common();

  @Option(
      names = "--table",
      required = true,
      paramLabel = "URL",
      description =
          "where DynamoDB answers: the table that `GRANTWAY_TABLE` names, `grantway` by default")
  private String table = "";

  PrepareTableCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, String> environment = TableAccess.environment(table);
    String name = TableAccess.name(environment);
    try {
      TableSetup.prepare(DynamoClients.create(environment), name);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
    console.say("table `" + name + "` has a head: authorizers deny until a policy is published");
    return ExitCode.DONE;
  }
}
