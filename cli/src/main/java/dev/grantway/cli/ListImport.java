package dev.grantway.cli;

import dev.grantway.imports.DryRun;
import dev.grantway.imports.ImportBase;
import dev.grantway.imports.ImportOrder;
import dev.grantway.imports.Imports;
import dev.grantway.imports.LastList;
import dev.grantway.imports.NewList;
import dev.grantway.imports.Telling;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import dev.grantway.store.MembershipList;
import dev.grantway.store.RecordedMembers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A membership list: compared with the last one, in whose place it may be taken if that is still
 * the last.
 */
record ListImport(Console console, ImportOrder order, byte[] bytes) {
  private static final String PATH = "/api/v1/memberships";

  /**
   * How it ended, and how the command does.
   *
   * @param where the instant from which the list is in force; empty where nothing was written
   */
  record Ended(String result, Telling telling, String where, int exit) {}

  private static Ended compared(Telling telling) {
    if (telling.isRefused()) {
      return new Ended("refused", telling, "", ExitCode.USAGE);
    }
    return telling.changing() == 0
        ? new Ended("unchanged", telling, "", ExitCode.DONE)
        : new Ended("planned", telling, "", ExitCode.NO);
  }

  Ended in(AdminApp app, boolean take) {
    String file = ImportCommand.word("&file=", order.file());
    JsonObject seen =
        app.post(
            ImportCommand.PATH + "?from=" + order.kind().text() + file + "&dry-run=true", bytes);
    if (!seen.has("counts")) {
      throw new InputException(String.join("; ", ImportCommand.problems(seen)));
    }
    Telling telling = Telling.read(seen);
    if (!take || telling.isRefused()) {
      return compared(telling);
    }
    String state = seen.object("list").map(it -> it.text("state")).orElse("");
    JsonObject taken = app.post(PATH + "?" + file.substring(1), bytes, state);
    if (taken.has("counts") && !taken.textOr("at", "").isEmpty()) {
      return new Ended("taken", telling, taken.text("at"), ExitCode.DONE);
    }
    List<String> problems = ImportCommand.problems(taken);
    problems.forEach(console::say);
    boolean moved = problems.stream().anyMatch(it -> it.startsWith("members-moved:"));
    return new Ended(moved ? "conflict" : "refused", telling, "", ExitCode.NO);
  }

  /**
   * The same in a table.
   *
   * @param by who takes it, past the app; none to compare it only
   */
  Ended in(TableAccess table, Optional<BreakGlass> by) {
    DryRun run =
        Imports.dryRun(order, bytes, ImportBase.of(LastList.of(table.repository().memberships())));
    Telling telling = Telling.of(run, List.of());
    Optional<NewList> list = run.list();
    if (by.isEmpty() || list.isEmpty()) {
      return compared(telling);
    }
    return switch (taken(table, by.get(), list.get())) {
      case RecordedMembers.Result.Taken(MembershipList kept) ->
          new Ended("taken", telling, kept.at().toString(), ExitCode.DONE);
      case RecordedMembers.Result.Moved moved -> {
        console.say(
            "somebody imported another list meanwhile, and nothing was written: look at what"
                + " differs from that one, and try again");
        yield new Ended("conflict", telling, "", ExitCode.NO);
      }
      case RecordedMembers.Result.Ahead(Instant last) -> {
        console.say(
            "the last list was imported by a clock that said "
                + last
                + ": another would not be in force before, and nothing was written; set the clocks"
                + " right, and import again after that");
        yield new Ended("refused", telling, "", ExitCode.NO);
      }
    };
  }

  private RecordedMembers.Result taken(TableAccess table, BreakGlass by, NewList list) {
    var recorded =
        new RecordedMembers(
            by.operator(),
            list.rows(),
            Map.of("sha256", Sha256.hex(bytes), "breakGlass", by.reason()),
            TablePublish.in(table, console).journal());
    return recorded.after(list.lastOrNull(), table.repository().memberships(), console.clock());
  }
}
