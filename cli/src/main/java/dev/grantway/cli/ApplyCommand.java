package dev.grantway.cli;

import dev.grantway.policyfile.PolicyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apply}: makes the live policy what a file says, through the admin app or past it. */
@Command(
    name = "apply",
    description =
        "Make the live policy what a policy file says. With --url the admin app does it by its"
            + " rules: a draft of yours holds just what `plan` shows, and is published if nothing is"
            + " missing; otherwise it stays, to be approved there, and the command exits 1. With"
            + " --table it is published past the app: nobody's operator rights, limits or approvals"
            + " are asked then, so it takes --break-glass and a reason, which the revision and the"
            + " activity log keep for ever. Checks, invariants, documents and the file's tests hold"
            + " all the same.")
final class ApplyCommand implements Callable<Integer> {
  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();

  @Parameters(paramLabel = "FILE", description = "the policy file; what it lacks is removed")
  private Path file = Path.of("");

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
    Optional<AdminApp> app = place.app("an editor");
    if (app.isPresent()) {
      breakGlass.checkNotMeant();
    } else if (!dryRun) {
      breakGlass.check();
    }
    PolicyFile.Read read = ids.policy(file, console);
    return app.map(it -> in(it, read)).orElseGet(() -> past(read));
  }

  private int in(AdminApp app, PolicyFile.Read read) {
    PolicyPlace.Opened on = place.open(tables, "", console);
    TablePublish.Plan plan = TablePublish.in(on.table(), console).plan(read, Inputs.name(file));
    int changes = plan.changes().size();
    plan.changes().forEach(change -> console.say(PlanText.line(change)));
    if (changes == 0) {
      return answer(AppPublish.Ended.of("unchanged", on.revision(), ExitCode.DONE), changes);
    }
    if (dryRun) {
      plan.objections().forEach(console::say);
      return answer(
          new AppPublish.Ended("planned", on.revision(), "", plan.objections(), ExitCode.NO),
          changes);
    }
    console.say(Counted.of(changes, "change") + " on revision " + on.revision());
    String why = breakGlass.reason();
    AppPublish.Ended ended =
        new AppPublish(app, console)
            .publish(
                Inputs.name(file),
                on,
                plan.changes(),
                why.isEmpty() ? "policy file " + Inputs.name(file) : why);
    return answer(ended, changes);
  }

  private int past(PolicyFile.Read read) {
    var publish = TablePublish.in(place.table(tables), console);
    TablePublish.Plan plan = publish.plan(read, Inputs.name(file));
    int changes = plan.changes().size();
    tell(plan);
    if (plan.changes().isEmpty()) {
      return answer(AppPublish.Ended.of("unchanged", plan.base(), ExitCode.DONE), changes);
    }
    if (!plan.objections().isEmpty()) {
      return answer(
          new AppPublish.Ended("refused", plan.base(), "", plan.objections(), ExitCode.NO),
          changes);
    }
    if (dryRun) {
      return answer(AppPublish.Ended.of("planned", plan.base(), ExitCode.NO), changes);
    }
    BreakGlass.Ended ended = breakGlass.publish(publish, plan, console);
    return answer(AppPublish.Ended.of(ended.result(), ended.revision(), ended.exit()), changes);
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

  private int answer(AppPublish.Ended ended, int changes) {
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeStringField("result", ended.result());
                json.writeNumberField("revision", ended.revision());
                json.writeNumberField("changes", changes);
                json.writeArrayFieldStart("objections");
                for (String objection : ended.missing()) {
                  json.writeString(objection);
                }
                json.writeEndArray();
                if (!ended.draft().isEmpty()) {
                  json.writeStringField("draft", ended.draft());
                }
              }));
    } else {
      console.answer(
          ended.result()
              + ": revision "
              + ended.revision()
              + ", "
              + Counted.of(changes, "change")
              + (ended.draft().isEmpty() ? "" : " in draft " + ended.draft()));
    }
    return ended.exit();
  }
}
