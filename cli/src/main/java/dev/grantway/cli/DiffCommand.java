package dev.grantway.cli;

import dev.grantway.analysis.GrantDiff;
import dev.grantway.analysis.PolicySide;
import dev.grantway.analysis.PolicyView;
import dev.grantway.policy.Policy;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRows;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diff}: in what two revisions differ. */
@Command(
    name = "diff",
    description =
        "Say in what two revisions differ: rows, and the grants that roles gained and lost from the"
            + " first to the second. Exits 0 where they are alike, 1 where they differ.")
final class DiffCommand implements Callable<Integer> {
  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();

  @Parameters(
      index = "0",
      paramLabel = "REV",
      description = "the number of a revision, or an instant")
  private String from = "";

  @Parameters(index = "1", paramLabel = "REV", description = "the other one")
  private String to = "";

  DiffCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() {
    PolicyPlace.Opened before = place.open(tables, from, console);
    PolicyPlace.Opened after = place.open(tables, to, console);
    Policy old = before.then().policy();
    Policy now = after.then().policy();
    List<Change> changes =
        PolicyRows.diff(
            PolicyRows.of(old, before.then().tests()), PolicyRows.of(now, after.then().tests()));
    var text =
        new PlanText(
            changes,
            GrantDiff.of(
                new PolicySide(PolicyView.of(old)),
                new PolicySide(PolicyView.of(now)),
                Change.roles(changes)));
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeStringField("result", changes.isEmpty() ? "unchanged" : "changes");
                json.writeNumberField("from", before.revision());
                json.writeNumberField("to", after.revision());
                text.write(json);
              }));
    } else {
      text.lines().forEach(console::answer);
      console.answer(
          "revision " + before.revision() + " to " + after.revision() + ": " + text.summary());
    }
    return changes.isEmpty() ? ExitCode.DONE : ExitCode.NO;
  }
}
