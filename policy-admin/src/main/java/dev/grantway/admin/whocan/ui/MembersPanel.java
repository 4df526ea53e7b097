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
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.Imported;
import dev.grantway.admin.whocan.MembershipFacts;
import dev.grantway.admin.whocan.WhoCanService;
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
        new Upload(UploadHandler.inMemory((file, bytes) -> read(new String(bytes, UTF_8))));
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

  /** Takes a file's text. */
  void read(String csv) {
    said.removeAll();
    switch (whoCan.importMemberships(csv)) {
      case Imported.Done(int rows) -> {
        said.add(
            Html.named(
                Html.div("notice good", new Span(Words.word("whocan.members.done", rows))),
                "members-imported"));
        imported.run();
      }
      case Imported.Refused(var why) -> {
        Div notice = Html.div("notice bad", new H2(Words.word("whocan.members.refused")));
        why.forEach(it -> notice.add(new Div(Words.all(List.of(it)))));
        notice.getElement().setAttribute("role", "alert");
        said.add(Html.named(notice, "members-refused"));
      }
    }
    show();
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
