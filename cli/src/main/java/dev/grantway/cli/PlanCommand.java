package dev.grantway.cli;

import dev.grantway.policyfile.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    List<String> unseen = unseen(plan);
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
                json.writeNumberField("documents", plan.documents());
                json.writeArrayFieldStart("notLookedAt");
                for (String it : unseen) {
                  json.writeString(it);
                }
                json.writeEndArray();
              }));
    } else {
      text.lines().forEach(console::answer);
      plan.objections().forEach(it -> console.answer("objection: " + it));
      unseen.forEach(it -> console.answer("not looked at: " + it));
      console.answer(
          changed
              ? text.summary() + ", on revision " + opened.revision()
              : "no changes: revision " + opened.revision() + " is what the file says");
    }
    return changed ? ExitCode.NO : ExitCode.DONE;
  }

  /** What an objection could still come from; nothing where nothing would change. */
  private List<String> unseen(TablePublish.Plan plan) {
    if (plan.changes().isEmpty()) {
      return List.of();
    }
    var unseen = new ArrayList<String>();
    if (place.isApp()) {
      unseen.add(
          "documents and the role sets of callers, since instances report to the table: a review in"
              + " the app does");
    } else if (plan.documents() == 0) {
      unseen.add("documents, since no instance reported the role sets of callers of late");
    } else {
      unseen.add(
          "role sets that instances did not report of late: documents of "
              + plan.documents()
              + " reported ones were");
    }
    unseen.add("approval rules, and the limits of operators");
    return unseen;
  }
}
