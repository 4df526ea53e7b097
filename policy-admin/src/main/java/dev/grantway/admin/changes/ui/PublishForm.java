package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import java.util.function.BiConsumer;

/** The reason, and the one button that makes the draft live. */
final class PublishForm extends Div {
  private static final int MAX_REASON = 2000;

  /**
   * @param before the reason as it was typed before, or empty
   * @param publish takes the hash of the draft that is shown, and the reason
   */
  PublishForm(Review review, String before, BiConsumer<String, String> publish) {
    addClassNames("panel", "publish");
    var reason = Html.named(new TextArea(Words.word("publish.reason")), "publish-reason");
    reason.setValue(before);
    reason.setWidthFull();
    reason.setMaxLength(MAX_REASON);
    reason.setRequiredIndicatorVisible(true);
    reason.setHelperText(Words.word("publish.reason.help"));
    var button =
        Html.named(new Button(Words.word("publish.button", review.draft().count())), "publish");
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.setDisableOnClick(true);
    button.addClickListener(
        click -> {
          boolean missing = reason.getValue().isBlank();
          reason.setInvalid(missing);
          reason.setErrorMessage(missing ? Words.word("refused.no-reason") : "");
          if (missing) {
            reason.focus();
          } else {
            publish.accept(review.draft().hash(), reason.getValue());
          }
          button.setEnabled(true);
        });
    add(
        new H2(Words.word("publish.title")),
        new Span(Words.word("publish.text")),
        reason,
        Html.div("acts", button));
  }
}
