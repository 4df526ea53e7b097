package dev.grantway.admin.whocan.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.grantway.admin.whocan.Imported;
import dev.grantway.admin.whocan.MembershipFacts;
import dev.grantway.admin.whocan.WhoCanService;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** How old the membership list is, and a way to bring another. */
final class MembersPanel extends Div {
  private static final int MOST_BYTES = 8_000_000;

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
                  event.getUI().accessLater(() -> read(file), () -> {}).run();
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

  /** Takes a file, or the start of one that is too long. */
  void read(byte[] start) {
    if (start.length > MOST_BYTES) {
      said.removeAll();
      refused(List.of(Sentence.of("whocan.members.large", Integer.toString(MOST_BYTES))));
    } else {
      read(new String(start, UTF_8));
    }
  }

  /** Takes a file's text. */
  void read(String csv) {
    said.removeAll();
    switch (whoCan.importMemberships(csv)) {
      case Imported.Done(int rows, int repeated) -> {
        said.add(
            Html.named(
                Html.div(
                    "notice good", new Span(Words.word("whocan.members.done", rows, repeated))),
                "members-imported"));
        imported.run();
      }
      case Imported.Refused(var why) -> refused(why);
    }
    show();
  }

  private void refused(List<Sentence> why) {
    Div notice = Html.div("notice bad", new H2(Words.word("whocan.members.refused")));
    why.forEach(it -> notice.add(new Div(Words.all(List.of(it)))));
    notice.getElement().setAttribute("role", "alert");
    said.add(Html.named(notice, "members-refused"));
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
