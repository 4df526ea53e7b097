package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.ComparedList;
import dev.grantway.admin.whocan.Imported;
import dev.grantway.admin.whocan.MembershipFacts;
import dev.grantway.admin.whocan.WhoCanService;
import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.Telling;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How old the membership list is, and a way to bring another. */
final class MembersPanel extends Div {
  private static final int MOST_BYTES = 8_000_000;

  /** As many wrong rows as a page bears; a shell says all. */
  private static final int MOST_SAID = 1_000;

  /** So that the button stays near. */
  private static final int MOST_SHOWN = 50;

  private final WhoCanService whoCan;
  private final Runnable imported;
  private final Div facts = Html.div("facts");
  private final Div said = Html.div("said");

  /**
   * @param imports whether whoever is signed in may bring another list
   * @param imported is told when one was
   */
  MembersPanel(WhoCanService whoCan, boolean imports, Runnable imported) {
    this.whoCan = whoCan;
    this.imported = imported;
    addClassName("section");
    Html.named(this, "members");
    said.getElement().setAttribute("aria-live", "polite");
    Div panel = Html.div("panel members", facts);
    if (imports) {
      panel.add(upload(), Html.span("note", Words.word("whocan.members.help")));
    }
    add(new H2(Words.word("whocan.members")), said, panel);
    show();
  }

  private Upload upload() {
    var upload =
        new Upload(
            (UploadHandler)
                event -> {
                  // Who sends without the page is not held by the size that the page allows.
                  byte[] file = start(event.getInputStream());
                  String name = event.getFileName();
                  event.getUI().accessLater(() -> read(name, file), () -> {}).run();
                });
    upload.setMaxFiles(1);
    upload.setMaxFileSize(MOST_BYTES);
    upload.setAcceptedFileExtensions(".csv");
    upload.setDropAllowed(false);
    var button = new Button(Words.word("whocan.members.upload"));
    button.addThemeVariants(ButtonVariant.TERTIARY);
    upload.setUploadButton(button);
    upload.addAllFinishedListener(done -> upload.clearFileList());
    return Html.named(upload, "import-members");
  }

  /** No more of a file than shows that it is too long. */
  static byte[] start(InputStream file) throws IOException {
    try (file) {
      return file.readNBytes(MOST_BYTES + 1);
    }
  }

  /** Compares a file, or the start of one that is too long, as if it had been chosen. */
  void read(String name, byte[] start) {
    said.removeAll();
    if (start.length > MOST_BYTES) {
      refused(Words.word("whocan.members.large", Integer.toString(MOST_BYTES)));
    } else {
      say(name, whoCan.compareMembers(name, start));
    }
  }

  private void say(String name, ComparedList compared) {
    Telling telling = compared.telling();
    if (telling.isRefused()) {
      Div notice = refused(Words.word("whocan.members.wrong", name));
      problems(telling).forEach(notice::add);
      return;
    }
    Div notice =
        Html.div(
            "notice",
            Html.named(
                new Span(
                    Words.word(
                        "whocan.members.compared",
                        name,
                        telling.count(Outcome.NEW),
                        telling.count(Outcome.GONE),
                        telling.count(Outcome.UNCHANGED))),
                "members-compared"));
    changes(telling).forEach(notice::add);
    problems(telling).forEach(notice::add);
    var take = new Button(Words.word("whocan.members.take"), click -> take(compared));
    take.addThemeVariants(ButtonVariant.PRIMARY);
    notice.add(Html.div("acts", Html.named(take, "members-take")));
    said.add(notice);
  }

  private static List<Component> changes(Telling telling) {
    var lines = new ArrayList<Component>();
    telling.rows().stream()
        .limit(MOST_SHOWN)
        .forEach(it -> lines.add(new Div(it.outcome() + " " + it.name())));
    if (telling.changing() > lines.size()) {
      lines.add(new Div(Words.word("whocan.members.others", telling.changing() - lines.size())));
    }
    return lines;
  }

  private static List<Component> problems(Telling telling) {
    var lines = new ArrayList<Component>();
    telling.problems().stream().limit(MOST_SAID).forEach(it -> lines.add(new Div(it.text())));
    if (telling.problems().size() > MOST_SAID) {
      lines.add(new Div(Words.word("whocan.members.more", telling.problems().size() - MOST_SAID)));
    }
    return lines;
  }

  private void take(ComparedList compared) {
    said.removeAll();
    switch (whoCan.takeMembers(compared)) {
      case Imported.Done(Instant at, int rows) -> {
        said.add(
            Html.named(
                Html.div("notice good", new Span(Words.word("whocan.members.done", rows))),
                "members-imported"));
        imported.run();
      }
      case Imported.Moved(Sentence why) -> refused(Words.all(List.of(why)));
      case Imported.Refused(Sentence why) -> refused(Words.all(List.of(why)));
    }
    show();
  }

  private Div refused(String why) {
    Div notice = Html.div("notice bad", new H2(Words.word("whocan.members.refused")), new Div(why));
    notice.getElement().setAttribute("role", "alert");
    said.add(Html.named(notice, "members-refused"));
    return notice;
  }

  private void show() {
    facts.removeAll();
    Optional<MembershipFacts> known = whoCan.memberships();
    if (known.isEmpty()) {
      facts.add(Html.span("mute", Words.word("whocan.members.none")));
      return;
    }
    MembershipFacts it = known.get();
    facts.add(
        Html.named(
            new Span(
                Words.word("whocan.members.facts", it.rows(), it.by(), Times.dayAndClock(it.at()))),
            "members-facts"));
    if (it.stale()) {
      facts.add(
          Html.span(
              "bad-word",
              Words.word("whocan.members.stale", Long.toString(MembershipFacts.FRESH.toDays()))));
    }
  }
}
