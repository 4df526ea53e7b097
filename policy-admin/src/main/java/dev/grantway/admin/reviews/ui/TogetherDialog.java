package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import java.util.function.IntConsumer;

/** Has whoever keeps several lines together say how many they are. */
final class TogetherDialog extends Dialog {
  private final TextField count = new TextField(Words.word("reviews.together.count"));
  private final int lines;

  /**
   * A dialog.
   *
   * @param keep is told the number that was typed
   */
  TogetherDialog(int lines, IntConsumer keep) {
    this.lines = lines;
    setHeaderTitle(Words.word("reviews.together.title"));
    setWidth("min(520px, 94vw)");
    count.setRequiredIndicatorVisible(true);
    add(
        Html.div(
            "form",
            new Span(Words.word("reviews.together.text", lines)),
            Html.named(count, "together-count")));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var yes = new Button(Words.word("reviews.together.keep"), click -> keep(keep));
    yes.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, Html.named(yes, "keep-together-now"));
  }

  private void keep(IntConsumer keep) {
    boolean right = count.getValue().strip().equals(Integer.toString(lines));
    count.setInvalid(!right);
    count.setErrorMessage(right ? "" : Words.word("reviews.together.wrong"));
    if (right) {
      close();
      keep.accept(lines);
    }
  }
}
