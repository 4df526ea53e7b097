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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** One revision; its changes are read when it is opened. */
final class RevisionEntry extends NativeDetails {
  private final AuditService audit;
  private final Revision revision;
  private final Optional<Consumer<Revision>> rollBack;
  private final Div body = Html.div("body");

  /**
   * @param opened hears when this revision is opened
   * @param rollBack begins a draft that makes everything as it was then; empty where there is
   *     nothing to roll back, or no right to
   */
  RevisionEntry(
      AuditService audit,
      Revision revision,
      boolean open,
      LongConsumer opened,
      Optional<Consumer<Revision>> rollBack) {
    this.audit = audit;
    this.rollBack = rollBack;
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
        why(revision),
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

  private static Span why(Revision revision) {
    Span why = Html.span("why", "");
    if (revision.breakGlass()) {
      why.add(
          Html.named(Html.span("chip lost", Words.word("audit.glass")), "glass"), new Span(" "));
    }
    why.add(new Span(revision.reason()));
    return why;
  }

  private void fill() {
    if (body.getChildren().findAny().isPresent()) {
      return;
    }
    Div acts = Html.div("acts pad");
    revision
        .approvers()
        .forEach(name -> acts.add(Html.span("chip gained", Words.word("agreement.by", name))));
    rollBack.ifPresent(
        back -> {
          var button = new Button(Words.word("audit.rollback"), click -> back.accept(revision));
          button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
          acts.add(Html.named(button, "roll-back " + revision.number()));
        });
    if (acts.getChildren().findAny().isPresent()) {
      body.add(acts);
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
