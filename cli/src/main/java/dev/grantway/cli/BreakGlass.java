package dev.grantway.cli;

import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.store.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Publishing straight into a table, and what it takes. */
final class BreakGlass {
  @Option(
      names = "--break-glass",
      description =
          "with --table: publish without operator rights, limits and approvals; needs --reason")
  private boolean meant;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, which the revision keeps; needed with --break-glass")
  private String reason = "";

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "who publishes; the name on this machine by default")
  private @Nullable String operator;

  /** How it ended, and how the command does. */
  record Ended(String result, long revision, int exit) {}

  /** Refuses what does not say that it is meant, and why. */
  void check() {
    if (!meant) {
      throw new InputException(
          "straight into a table nobody's operator rights, limits or approvals are asked: publish in"
              + " the admin app, or give --break-glass with a --reason; --dry-run only looks");
    }
    if (reason.isBlank()) {
      throw new InputException("--break-glass needs a --reason, which the revision keeps for ever");
    }
    checkLength();
  }

  private void checkLength() {
    if (reason.strip().length() > Publication.MAX_REASON) {
      throw new InputException(
          "--reason may have at most "
              + Publication.MAX_REASON
              + " characters, got "
              + reason.strip().length());
    }
  }

  /** Refuses what is for a table alone. */
  void checkNotMeant() {
    if (meant || operator != null) {
      throw new InputException(
          (meant ? "--break-glass" : "--operator")
              + " is for --table: in the admin app whoever has the token publishes, and owners break"
              + " the glass there");
    }
    checkLength();
  }

  String operator() {
    return Inputs.operator(operator);
  }

  String reason() {
    return reason.strip();
  }

  Ended publish(TablePublish publish, TablePublish.Plan plan, Console console) {
    PublishResult result =
        publish.publish(plan, Inputs.operator(operator), reason.strip(), progress(console));
    return switch (result) {
      case PublishResult.Published(Revision revision) -> {
        console.say(
            "authorizers take it over within their `GRANTWAY_POLICY_MAX_AGE`; what API Gateway has"
                + " cached lives until it is flushed or its TTL is over: flush the stages"
                + " concerned");
        yield new Ended("published", revision.number(), ExitCode.DONE);
      }
      case PublishResult.Conflict conflict -> {
        console.say(
            "somebody published revision "
                + conflict.head()
                + " meanwhile: look at it and try again");
        yield new Ended("conflict", conflict.head(), ExitCode.NO);
      }
      case PublishResult.Refused(List<Refusal> why) -> {
        why.forEach(it -> console.say(it.message()));
        yield new Ended("refused", plan.base(), ExitCode.NO);
      }
    };
  }

  private static Progress progress(Console console) {
    var last = new String[] {""};
    return (step, done, total) -> {
      if (!step.equals(last[0]) || done == total) {
        console.say(step + " " + done + " of " + total);
        last[0] = step;
      }
    };
  }
}
