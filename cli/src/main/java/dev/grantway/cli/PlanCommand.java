package dev.grantway.cli;

import dev.grantway.policyfile.PolicyFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plan}: what a policy file would change, and what {@code apply} would object to. */
@Command(
    name = "plan",
    description =
        "Say what would change if the live policy became what a policy file says: rows, and the"
            + " grants that roles would gain and lose. Exits 0 where nothing would, 1 where"
            + " something would. Writes nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();
  @Mixin private ApiIds ids = new ApiIds();

  @Parameters(paramLabel = "FILE", description = "the policy file; what it lacks would be removed")
  private Path file = Path.of("");

  PlanCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() {
    PolicyFile.Read read = ids.policy(file, console);
    PolicyPlace.Opened opened = place.open(tables, "", console);
    TablePublish.Plan plan = TablePublish.in(opened.table(), console).plan(read, Inputs.name(file));
    if (place.app().isPresent()) {
      console.say(
          "documents are not looked at from here, since instances report to the table: a review in"
              + " the app does");
    }
    var text = new PlanText(plan.changes(), plan.grants());
    boolean changed = !plan.changes().isEmpty();
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeStringField("result", changed ? "changes" : "unchanged");
                json.writeNumberField("revision", opened.revision());
                text.write(json);
                json.writeArrayFieldStart("objections");
                for (String objection : plan.objections()) {
                  json.writeString(objection);
                }
                json.writeEndArray();
              }));
    } else {
      text.lines().forEach(console::answer);
      plan.objections().forEach(it -> console.answer("objection: " + it));
      console.answer(
          changed
              ? text.summary() + ", on revision " + opened.revision()
              : "no changes: revision " + opened.revision() + " is what the file says");
    }
    return changed ? ExitCode.NO : ExitCode.DONE;
  }
}
