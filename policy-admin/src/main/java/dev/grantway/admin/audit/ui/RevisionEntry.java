package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.common.ChangeList;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.revision.Revision;
import java.util.function.LongConsumer;

/** One revision; its changes are read when it is opened. */
final class RevisionEntry extends NativeDetails {
  private final AuditService audit;
  private final Revision revision;
  private final Div body = Html.div("body");

  /**
   * @param opened hears when this revision is opened
   */
  RevisionEntry(AuditService audit, Revision revision, boolean open, LongConsumer opened) {
    this.audit = audit;
    this.revision = revision;
    addClassName("revision");
    String number = Long.toString(revision.number());
    Html.named(this, "revision " + number);
    Span when = Html.span("mute", Times.dayAndClock(revision.at()));
    when.getElement().setAttribute("title", revision.at().toString());
    setSummary(
        Html.span("mono", Words.word("audit.number", number)),
        when,
        new Span(revision.operator()),
        Html.span("why", revision.reason()),
        Html.span("mute", Words.word("audit.changes", revision.changes())));
    setContent(body);
    addToggleListener(
        toggle -> {
          if (toggle.isOpened()) {
            fill();
            opened.accept(revision.number());
          }
        });
    if (open) {
      fill();
      setOpen(true);
    }
  }

  private void fill() {
    if (body.getChildren().findAny().isPresent()) {
      return;
    }
    more("");
    body.add(Html.div("hash", new Span(Words.word("audit.hash", revision.hash()))));
  }

  private void more(String after) {
    AuditService.Lines lines = audit.changes(revision.number(), after);
    body.add(new ChangeList(lines.items(), line -> new Span()));
    if (!lines.next().isEmpty()) {
      var button = new Button(Words.word("more"));
      button.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", button);
      button.addClickListener(
          click -> {
            body.remove(foot);
            more(lines.next());
          });
      body.add(foot);
    }
  }
}
