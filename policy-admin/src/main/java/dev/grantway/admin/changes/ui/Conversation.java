package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import dev.grantway.admin.changes.Agreement;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import java.util.List;
import java.util.Optional;

/** Who agrees to the draft, who does not, and what was said; and the way to say so. */
final class Conversation extends Div {
  /** What the operator can say of a draft. */
  interface Says {
    void approve(String hash);

    void reject(String hash, String comment);

    void comment(String text);
  }

  private static final String WHY_NOT = "approve-why";

  private final TextArea text;

  /**
   * @param typed what was typed of the draft before
   * @param mayApprove the operator may approve and reject others' drafts
   */
  Conversation(Review review, Typed typed, boolean mayApprove, boolean mayComment, Says says) {
    text = typed.comment();
    addClassNames("panel", "conversation");
    Html.named(this, "conversation");
    add(agreement(review.agreement()));
    review.draft().draft().map(Draft::steps).orElse(List.of()).stream()
        .flatMap(step -> line(step).stream())
        .forEach(this::add);
    if (!mayComment) {
      return;
    }
    add(text);
    Div acts = Html.div("acts");
    String hash = review.draft().hash();
    if (review.others() && mayApprove) {
      var approve = new Button(Words.word("say.approve"), click -> says.approve(hash));
      approve.addThemeVariants(ButtonVariant.PRIMARY);
      approve.setDisableOnClick(true);
      if (review.isFailing()) {
        approve.setEnabled(false);
        var why = Html.named(Html.span("note", Words.word("say.approve.failing")), "approve-why");
        why.setId(WHY_NOT);
        approve.getElement().setAttribute("aria-describedby", WHY_NOT);
        add(why);
      }
      var reject = new Button(Words.word("say.reject"), click -> reject(says, hash));
      reject.addThemeVariants(ButtonVariant.ERROR);
      acts.add(Html.named(approve, "approve"), Html.named(reject, "reject"));
    }
    var comment = new Button(Words.word("say.say"), click -> comment(says));
    comment.addThemeVariants(ButtonVariant.TERTIARY);
    acts.add(Html.named(comment, "comment"));
    add(acts);
  }

  private void reject(Says says, String hash) {
    if (isGiven()) {
      says.reject(hash, text.getValue());
    }
  }

  private void comment(Says says) {
    if (isGiven()) {
      says.comment(text.getValue());
    }
  }

  private boolean isGiven() {
    boolean missing = text.getValue().isBlank();
    text.setInvalid(missing);
    text.setErrorMessage(missing ? Words.word("refused.no-comment") : "");
    if (missing) {
      text.focus();
    }
    return !missing;
  }

  private static Div agreement(Agreement it) {
    Div chips =
        Html.div(
            "acts",
            Html.named(
                Html.span(
                    "chip " + (it.missing() == 0 ? "gained" : "staged"),
                    Words.word("agreement.count", it.required() - it.missing(), it.required())),
                "agreement"));
    it.approvers()
        .forEach(name -> chips.add(Html.span("chip gained", Words.word("agreement.by", name))));
    it.stale().forEach(name -> chips.add(Html.span("chip", Words.word("agreement.stale", name))));
    return chips;
  }

  private static Optional<Div> line(DraftStep step) {
    return switch (step) {
      case DraftStep.Comment it -> Optional.of(said(it, "said.comment", it.text()));
      case DraftStep.Approve it -> Optional.of(said(it, "said.approve", ""));
      case DraftStep.Reject it -> Optional.of(said(it, "said.reject", it.comment()));
      case DraftStep.Schedule it ->
          Optional.of(
              said(
                  it,
                  "said.schedule",
                  Words.word("said.schedule.for", Times.dayAndClock(it.when()), it.reason())));
      case DraftStep.Unschedule it -> Optional.of(said(it, "said.unschedule", it.why()));
      case DraftStep.Edit it -> Optional.empty();
      case DraftStep.Undo it -> Optional.empty();
      case DraftStep.Redo it -> Optional.empty();
      case DraftStep.Rebase it -> Optional.empty();
    };
  }

  private static Div said(DraftStep step, String key, String text) {
    return Html.div(
        "said-line",
        Html.div(
            "who",
            new Span(Words.word(key, step.by())),
            Html.span("mute", Times.dayAndClock(step.at()))),
        Html.span("words", text));
  }
}
