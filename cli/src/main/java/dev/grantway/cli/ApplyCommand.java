package dev.grantway.cli;

import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.store.Progress;
import dev.grantway.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--break-glass",
      description = "publish without operator rights, limits and approvals")
  private boolean breakGlass;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; needed to publish")
  private String reason = "";

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "who publishes; the name on this machine by default")
  private @Nullable String operator;

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
      refuseUnlessMeant();
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
      return dryRun
          ? answer("planned", plan, plan.base(), ExitCode.NO)
          : ended(
              publish.publish(plan, Inputs.operator(operator), reason.strip(), progress()), plan);
    } catch (StoreException down) {
      console.say(String.valueOf(down.getMessage()));
      return ExitCode.OUTSIDE;
    }
  }

  private void refuseUnlessMeant() {
    if (!breakGlass) {
      throw new InputException(
          "straight into a table nobody's operator rights, limits or approvals are asked: publish in"
              + " the admin app, or give --break-glass with a --reason; --dry-run only looks");
    }
    if (reason.isBlank()) {
      throw new InputException("--break-glass needs a --reason, which the revision keeps for ever");
    }
    if (reason.strip().length() > Publication.MAX_REASON) {
      throw new InputException(
          "--reason may have at most "
              + Publication.MAX_REASON
              + " characters, got "
              + reason.strip().length());
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

  private Progress progress() {
    var last = new String[] {""};
    return (step, done, total) -> {
      if (!step.equals(last[0]) || done == total) {
        console.say(step + " " + done + " of " + total);
        last[0] = step;
      }
    };
  }

  private int ended(PublishResult result, TablePublish.Plan plan) {
    return switch (result) {
      case PublishResult.Published(Revision revision) -> {
        console.say(
            "authorizers take it over within their `GRANTWAY_POLICY_MAX_AGE`; what API Gateway has"
                + " cached lives until it is flushed or its TTL is over: flush the stages"
                + " concerned");
        yield answer("published", plan, revision.number(), ExitCode.DONE);
      }
      case PublishResult.Conflict conflict -> {
        console.say(
            "somebody published revision "
                + conflict.head()
                + " meanwhile: look at it and try again");
        yield answer("conflict", plan, conflict.head(), ExitCode.NO);
      }
      case PublishResult.Refused(List<Refusal> why) -> {
        why.forEach(it -> console.say(it.message()));
        yield answer("refused", plan, plan.base(), ExitCode.NO);
      }
    };
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
