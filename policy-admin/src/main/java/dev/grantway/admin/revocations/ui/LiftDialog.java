package dev.grantway.admin.revocations.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.revocations.RevocationService.Wish;
import java.util.function.Consumer;

/** Asks why something is to be let in again. */
final class LiftDialog extends Dialog {
  private final TextField reason = new TextField(Words.word("revocation.reason"));

  /**
   * @param lift is told the reason
   */
  LiftDialog(String value, Consumer<String> lift) {
    setHeaderTitle(Words.word("revocation.lift.title", value));
    reason.setRequiredIndicatorVisible(true);
    reason.setMaxLength(Wish.MAX_REASON);
    add(
        Html.div(
            "form",
            new Span(Words.word("revocation.lift.text")),
            Html.named(reason, "lift-reason")));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var yes = new Button(Words.word("revocation.lift"), click -> lift(lift));
    yes.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
    getFooter().add(cancel, Html.named(yes, "lift"));
  }

  private void lift(Consumer<String> lift) {
    boolean silent = reason.getValue().isBlank();
    reason.setInvalid(silent);
    reason.setErrorMessage(silent ? Words.word("revocation.reason.missing") : "");
    if (!silent) {
      close();
      lift.accept(reason.getValue());
    }
  }
}
