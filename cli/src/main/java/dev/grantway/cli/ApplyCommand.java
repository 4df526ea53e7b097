package dev.grantway.cli;

import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.StoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apply}: makes a table's policy what a file says while the admin app is down. */
@Command(
    name = "apply",
    description =
        "Make a table's policy what a policy file says, past the admin app. Nobody's operator"
            + " rights, limits or approvals are asked then, so it takes --break-glass and a reason,"
            + " which the revision and the activity log keep for ever. Checks, invariants,"
            + " documents and the file's tests hold all the same.")
final class ApplyCommand implements Callable<Integer> {
  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "FILE", description = "the policy file; what it lacks is removed")
  private Path file = Path.of("");

  @Option(
      names = "--table",
      required = true,
      paramLabel = "URL",
      description =
          "where DynamoDB answers: publishes into the table that `GRANTWAY_TABLE` names, `grantway`"
              + " by default")
  private String table = "";

  @Mixin private BreakGlass breakGlass = new BreakGlass();

  @Option(
      names = "--dry-run",
      description = "only say what would change and what stands against it")
  private boolean dryRun;

  @Mixin private ApiIds ids = new ApiIds();

  ApplyCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() {
    if (!dryRun) {
      breakGlass.check();
    }
    PolicyFile.Read read = ids.policy(file, console);
    try {
      var publish = TablePublish.in(tables.at(table), console);
      TablePublish.Plan plan = publish.plan(read, Inputs.name(file));
      tell(plan);
      if (plan.changes().isEmpty()) {
        return answer("unchanged", plan, plan.base(), ExitCode.DONE);
      }
      if (!plan.objections().isEmpty()) {
        return answer("refused", plan, plan.base(), ExitCode.NO);
      }
      if (dryRun) {
        return answer("planned", plan, plan.base(), ExitCode.NO);
      }
      BreakGlass.Ended ended = breakGlass.publish(publish, plan, console);
      return answer(ended.result(), plan, ended.revision(), ended.exit());
    } catch (StoreException down) {
      console.say(String.valueOf(down.getMessage()));
      return ExitCode.OUTSIDE;
    }
  }

  private void tell(TablePublish.Plan plan) {
    plan.changes().forEach(change -> console.say(PlanText.line(change)));
    plan.objections().forEach(console::say);
    if (!plan.changes().isEmpty() && plan.documents() == 0) {
      console.say(
          "no instance reported of late under which cache key it answers what this changes, so no"
              + " documents were looked at: `./grantway check "
              + file
              + " --cache-key KEY` does");
    }
    if (!plan.changes().isEmpty()) {
      console.say(
          Counted.of(plan.changes().size(), "change")
              + " on revision "
              + plan.base()
              + "; looked at "
              + Counted.of(plan.invariants(), "invariant")
              + ", "
              + "the documents of "
              + Counted.of(plan.documents(), "role set")
              + " and "
              + Counted.of(plan.tests(), "test")
              + ": "
              + (plan.objections().isEmpty()
                  ? "nothing stands against it"
                  : Counted.of(plan.objections().size(), "objection")));
    }
  }

  private int answer(String result, TablePublish.Plan plan, long revision, int exit) {
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeStringField("result", result);
                json.writeNumberField("revision", revision);
                json.writeNumberField("changes", plan.changes().size());
                json.writeArrayFieldStart("objections");
                for (String objection : plan.objections()) {
                  json.writeString(objection);
                }
                json.writeEndArray();
              }));
    } else {
      console.answer(
          result + ": revision " + revision + ", " + Counted.of(plan.changes().size(), "change"));
    }
    return exit;
  }
}
