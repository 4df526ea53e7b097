package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.GrantChange;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.ChangeList;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.TableDown;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.InForceStatus;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The draft: what it changes, what that means, and publishing it. */
@Route(value = Place.PREFIX + ChangesNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ChangesView extends PlacedView {
  private final ChangesService changes;
  private final boolean drafts;
  private final Div said = Html.div("said");
  private final Div body = Html.div("section blocks");
  private String reason = "";

  ChangesView(ChangesService changes, ApiService apis, Operators operators) {
    super(apis);
    this.changes = changes;
    this.drafts = operators.current().may(Task.DRAFT);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    draftChanged();
  }

  @Override
  protected void draftChanged() {
    said.removeAll();
    show();
  }

  private void show() {
    Review review = changes.review();
    removeAll();
    add(head(review), Html.div("facts", new InForceStatus(changes)), said, body);
    body.removeAll();
    if (!review.draft().disputes().isEmpty()) {
      body.add(new Disputes(review.draft(), drafts, this::settle));
      return;
    }
    if (review.lines().isEmpty()) {
      body.add(
          Html.named(
              Html.div("panel empty", new Span(Words.word("changes.empty"))), "draft-empty"));
      return;
    }
    body.add(edits(review), Effects.of(review));
    if (!review.broken().isEmpty()) {
      body.add(broken(review));
    }
    if (drafts && review.broken().isEmpty()) {
      body.add(
          review.approvals() > 0
              ? notice("wait", "approvals", Words.word("publish.approvals", review.approvals()))
              : new PublishForm(review, reason, this::publish));
    }
  }

  private Div head(Review review) {
    String sub =
        review
            .draft()
            .draft()
            .map(
                draft ->
                    Words.word(
                        "changes.sub",
                        review.draft().count(),
                        draft.owner(),
                        Long.toString(draft.base())))
            .orElse(Words.word("changes.sub.none"));
    var undo = Html.named(new Button(Words.word("tray.undo")), "undo");
    undo.setVisible(drafts && review.draft().canUndo());
    undo.addThemeVariants(ButtonVariant.TERTIARY);
    undo.addClickListener(
        click -> {
          changes.undo();
          DraftChanged.tell();
        });
    var redo = Html.named(new Button(Words.word("changes.redo")), "redo");
    redo.setVisible(drafts && review.draft().canRedo());
    redo.addThemeVariants(ButtonVariant.TERTIARY);
    redo.addClickListener(
        click -> {
          changes.redo();
          DraftChanged.tell();
        });
    var discard = Html.named(new Button(Words.word("changes.discard")), "discard");
    discard.setVisible(drafts && review.draft().count() > 0);
    discard.addThemeVariants(ButtonVariant.TERTIARY);
    discard.addClickListener(click -> askToDiscard(review.draft().count()));
    return Html.head(
        new H1(Words.word("changes.title")), Html.span("sub", sub), undo, redo, discard);
  }

  private void askToDiscard(int count) {
    var ask =
        new ConfirmDialog(
            Words.word("discard.title", count),
            Words.word("discard.text"),
            Words.word("discard.yes"),
            yes -> {
              changes.discard();
              DraftChanged.tell();
            });
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    ask.setConfirmButtonTheme("primary danger");
    ask.open();
  }

  private Component edits(Review review) {
    var list = new ChangeList(review.lines(), this::restore);
    list.addClassNames("panel", "flush");
    Html.named(list, "edits");
    return Html.section(Words.word("changes.edits"), list);
  }

  private Component restore(ChangeLine line) {
    if (!drafts) {
      return new Span();
    }
    var restore = new Button(Words.word("changes.restore"));
    restore.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    restore.setAriaLabel(Words.word("changes.restore.label", line.name()));
    restore.addClickListener(
        click -> {
          switch (changes.restore(line.key())) {
            case Staged.Done done -> DraftChanged.tell();
            case Staged.Refused refused -> refused(refused.says());
          }
        });
    return Html.named(restore, "restore " + line.name());
  }

  private void settle(Disputes.Choice choice) {
    changes.settle(choice.key(), choice.mine());
    DraftChanged.tell();
  }

  private void publish(String hash, String why) {
    Outcome outcome = changes.publish(hash, why);
    reason = outcome instanceof Outcome.Published ? "" : why;
    switch (outcome) {
      case Outcome.Published published -> {
        DraftChanged.tell();
        say(
            "good",
            "published",
            Words.word("publish.done", Long.toString(published.revision().number())),
            Words.word("publish.done.text"));
      }
      case Outcome.Moved moved -> {
        DraftChanged.tell();
        if (moved.draft().disputes().isEmpty()) {
          say("wait", "moved", Words.word("publish.moved"), Words.word("publish.moved.text"));
        }
      }
      case Outcome.Refused refused -> refused(refused.says());
      case Outcome.TableDown down ->
          say(
              "bad",
              "not-applied",
              Words.word("plain.table.title"),
              TableDown.stillInForce(down.stillInForce()));
      case Outcome.Unknown unknown ->
          say(
              "bad",
              "outcome-unknown",
              Words.word("publish.unknown", Long.toString(unknown.number())),
              Words.word("publish.unknown.text"));
    }
  }

  private void refused(List<Sentence> why) {
    say("bad", "refused", Words.word("publish.refused"), Words.all(why));
  }

  private void say(String tone, String testId, String title, String text) {
    said.removeAll();
    Div notice = notice(tone, testId, text);
    notice.addComponentAsFirst(new H2(title));
    said.add(notice);
  }

  private static Div broken(Review review) {
    Div notice = notice("bad", "broken", Words.word("publish.broken"));
    review.broken().forEach(it -> notice.add(new Div(it.message() + ": " + it.next())));
    return notice;
  }

  private static Div notice(String tone, String testId, String text) {
    Div notice = Html.named(Html.div("notice " + tone, new Span(text)), testId);
    notice.getElement().setAttribute("role", tone.equals("bad") ? "alert" : "status");
    return notice;
  }

  @Override
  protected String title() {
    return Words.word("changes.title");
  }

  /** Counts for the head of the effects. */
  static String counts(Review review) {
    return Words.word(
        "effects.counts",
        review.count(GrantChange.Kind.GAINED),
        review.count(GrantChange.Kind.LOST),
        review.count(GrantChange.Kind.CHANGED));
  }
}
