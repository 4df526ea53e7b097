package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Instants;
import dev.grantway.admin.common.Words;
import java.time.Instant;
import java.util.Optional;

/** The reason, and the buttons that make the draft live: now, later, or without approvals. */
final class PublishForm extends Div {
  /** What the operator can have done with the draft of that hash. */
  interface Acts {
    void publish(String hash, String reason);

    void schedule(String hash, Instant when, String reason);

    void breakGlass(String hash, String reason);
  }

  private final TextArea reason;
  private final TextField when;

  /**
   * @param typed what was typed of the draft before
   * @param owner the operator may break the glass
   */
  PublishForm(Review review, Typed typed, boolean owner, Acts acts) {
    addClassNames("panel", "publish");
    reason = typed.reason();
    when = typed.when();
    String hash = review.draft().hash();
    add(new H2(Words.word("publish.title")));
    boolean agreed =
        review.agreement().missing() == 0 && review.rejection().isEmpty() && !review.isFailing();
    if (agreed) {
      add(new Span(Words.word("publish.text")), reason, when);
      add(Html.div("acts", publish(review, hash, acts)));
    } else {
      var text =
          review.rejection().isPresent()
              ? Words.word("publish.rejected", review.rejection().get().by())
              : review.isFailing()
                  ? Words.word("publish.tests")
                  : Words.word("publish.approvals", review.agreement().missing());
      add(Html.named(new Span(text), "approvals"));
      if (owner) {
        add(reason, Html.div("acts", breakGlass(hash, acts)));
      }
    }
  }

  private Button publish(Review review, String hash, Acts acts) {
    var button =
        Html.named(new Button(Words.word("publish.button", review.draft().count())), "publish");
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.setDisableOnClick(true);
    button.addClickListener(
        click -> {
          if (isReasonGiven()) {
            send(hash, acts);
          }
          button.setEnabled(true);
        });
    return button;
  }

  private void send(String hash, Acts acts) {
    if (when.getValue().isBlank()) {
      acts.publish(hash, reason.getValue());
      return;
    }
    Optional<Instant> instant = Instants.read(when.getValue());
    when.setInvalid(instant.isEmpty());
    when.setErrorMessage(instant.isEmpty() ? Words.word("publish.when.bad") : "");
    if (instant.isPresent()) {
      acts.schedule(hash, instant.get(), reason.getValue());
    } else {
      when.focus();
    }
  }

  private Button breakGlass(String hash, Acts acts) {
    var button = Html.named(new Button(Words.word("glass.button")), "break-glass");
    button.addThemeVariants(ButtonVariant.ERROR);
    button.addClickListener(
        click -> {
          if (isReasonGiven()) {
            ask(() -> acts.breakGlass(hash, reason.getValue())).open();
          }
        });
    return button;
  }

  private static ConfirmDialog ask(Runnable yes) {
    var ask =
        new ConfirmDialog(
            Words.word("glass.title"),
            Words.word("glass.text"),
            Words.word("glass.button"),
            confirmed -> yes.run());
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    ask.setConfirmButtonTheme("primary danger");
    return ask;
  }

  private boolean isReasonGiven() {
    boolean missing = reason.getValue().isBlank();
    reason.setInvalid(missing);
    reason.setErrorMessage(missing ? Words.word("refused.no-reason") : "");
    if (missing) {
      reason.focus();
    }
    return !missing;
  }
}
