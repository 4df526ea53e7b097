package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.PinnedSetService;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks by which name the roles that are shown are kept. */
final class PinnedSetDialog extends Dialog {
  private final TextField name = new TextField(Words.word("field.name"));

  /**
   * @param count of the roles
   * @param before the name that they have already, or empty
   * @param keep keeps them by a name, or says why not
   * @param kept is told when they are
   */
  PinnedSetDialog(
      int count, String before, Function<String, Optional<Sentence>> keep, Runnable kept) {
    setHeaderTitle(Words.word("matrix.sets.title", count));
    name.setValue(before);
    name.setMaxLength(PinnedSetService.MAX_NAME);
    name.setRequiredIndicatorVisible(true);
    add(
        Html.div(
            "form", new Span(Words.word("matrix.sets.text")), Html.named(name, "pinned-set-name")));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var yes = new Button(Words.word("matrix.sets.yes"), click -> keep(keep, kept));
    yes.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, Html.named(yes, "save-pinned-set"));
  }

  private void keep(Function<String, Optional<Sentence>> keep, Runnable kept) {
    Optional<Sentence> why = keep.apply(name.getValue());
    Problems.show(name, why.map(List::of).orElse(null));
    if (why.isEmpty()) {
      close();
      kept.run();
    }
  }
}
