package dev.grantway.cli;

import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RevisionJson;
import dev.grantway.store.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * Has a running admin app publish changes by its own rules: a draft of the caller's is begun that
 * holds just these, on the revision that they were planned against, and published as it is. What
 * its rules keep from being published stays there as a draft; what is on another revision by then
 * does not.
 */
record AppPublish(AdminApp app, Console console) {
  private static final String PATH = "/api/v1/drafts";
  private static final int LONGEST_NAME = 120;

  /**
   * How it ended, and how the command does.
   *
   * @param revision that is live by then, as far as it is known
   * @param draft that stays open; empty where there is none
   * @param missing why it was not published: code, cause and next step each
   */
  record Ended(String result, long revision, String draft, List<String> missing, int exit) {
    Ended {
      missing = List.copyOf(missing);
    }

    /** With nothing in its way, and no draft. */
    static Ended of(String result, long revision, int exit) {
      return new Ended(result, revision, "", List.of(), exit);
    }
  }

  /**
   * Publishes changes.
   *
   * @param file whose name draft and edit have
   * @param on what they were planned against
   * @param reason why, which the revision keeps
   */
  Ended publish(String file, PolicyPlace.Opened on, List<Change> changes, String reason) {
    String name = name(file);
    JsonObject begun =
        app.post(PATH, AnswerJson.object(json -> json.writeStringField("name", name)));
    String id = begun.text("id");
    try {
      return in(id, begun.text("hash"), name, new Planned(on, changes), reason);
    } catch (StoreException e) {
      console.say("draft `" + id + "` was begun: see what became of it, " + where(id));
      throw e;
    }
  }

  private record Planned(PolicyPlace.Opened on, List<Change> changes) {
    /** Of the draft that holds just these changes, on just that revision. */
    String hash() {
      return Draft.hash(on.hash(), Draft.net(List.of(changes)));
    }

    String hashOfNothing() {
      return Draft.hash(on.hash(), List.of());
    }
  }

  private Ended in(String id, String begun, String label, Planned planned, String reason) {
    if (!begun.equals(planned.hashOfNothing())) {
      return left("conflict", id, begun, planned, List.of(notLive(planned)));
    }
    AdminApp.Said staged = staged(id, begun, label, planned.changes());
    if (!staged.isDone()) {
      String result = staged.isMoved() ? "conflict" : "refused";
      return left(result, id, begun, planned, staged.problems());
    }
    String holds = staged.body().text("hash");
    if (!holds.equals(planned.hash())) {
      return left("conflict", id, holds, planned, List.of(notLive(planned)));
    }
    return published(id, planned, reason);
  }

  private AdminApp.Said staged(String id, String begun, String label, List<Change> changes) {
    try {
      return app.ask(
          path(id) + "/changes",
          AnswerJson.object(
              json -> {
                json.writeStringField("label", label);
                json.writeArrayFieldStart("changes");
                for (Change change : changes) {
                  RevisionJson.writeChange(json, change, 0);
                }
                json.writeEndArray();
              }),
          begun);
    } catch (InputException refused) {
      app.delete(path(id), begun);
      throw refused;
    }
  }

  private Ended published(String id, Planned planned, String reason) {
    AdminApp.Said said;
    try {
      said =
          app.ask(
              path(id) + "/publish",
              AnswerJson.object(
                  json -> {
                    json.writeStringField("hash", planned.hash());
                    json.writeStringField("reason", reason);
                  }),
              "");
    } catch (InputException refused) {
      console.say(stays(id));
      throw refused;
    }
    if (said.isDone()) {
      Optional<JsonObject> revision = said.body().object("record");
      return Ended.of(
          "published", revision.map(it -> it.number("number")).orElse(0L), ExitCode.DONE);
    }
    if (said.isMoved()) {
      return left("conflict", id, planned.hash(), planned, said.problems());
    }
    said.problems().forEach(console::say);
    console.say(stays(id));
    return new Ended("drafted", planned.on().revision(), id, said.problems(), ExitCode.NO);
  }

  /** Discards the draft if it is as it was seen: what somebody has put into it since stays. */
  private Ended left(String result, String id, String seen, Planned planned, List<String> why) {
    why.forEach(console::say);
    boolean gone = app.delete(path(id), seen);
    console.say(gone ? "nothing was published, and no draft is left" : stays(id));
    return new Ended(result, planned.on().revision(), gone ? "" : id, why, ExitCode.NO);
  }

  private static String notLive(Planned planned) {
    return "revision "
        + planned.on().revision()
        + ", which this was planned against, is not live any more: look at what `plan` says now,"
        + " and apply again";
  }

  private String stays(String id) {
    return "nothing was published: draft `" + id + "` stays, " + where(id);
  }

  /** As drafts may be named. */
  private static String name(String file) {
    String clean = file.strip().replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
  }

  private static String path(String id) {
    return PATH + "/" + id;
  }

  private String where(String id) {
    return "under Changes in the app and at " + app.at(path(id));
  }
}
