package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.review.LineAnswer;
import java.util.function.Consumer;

/** Asks why a flagged line is kept. */
final class ReasonDialog extends Dialog {
  private final TextArea reason = new TextArea(Words.word("reviews.reason"));

  /**
   * A dialog.
   *
   * @param keep is told the reason
   */
  ReasonDialog(int line, Consumer<String> keep) {
    setHeaderTitle(Words.word("reviews.reason.title", line));
    setWidth("min(520px, 94vw)");
    reason.setRequiredIndicatorVisible(true);
    reason.setMaxLength(LineAnswer.MAX_COMMENT);
    reason.setWidthFull();
    add(Html.named(reason, "reason"));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var yes = new Button(Words.word("reviews.keep"), click -> keep(keep));
    yes.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, Html.named(yes, "keep-with-reason"));
    addOpenedChangeListener(
        change -> {
          if (change.isOpened()) {
            reason.focus();
          }
        });
  }

  private void keep(Consumer<String> keep) {
    boolean silent = reason.getValue().isBlank();
    reason.setInvalid(silent);
    reason.setErrorMessage(silent ? Words.word("reviews.reason.missing") : "");
    if (!silent) {
      close();
      keep.accept(reason.getValue());
    }
  }
}
