package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixRow;
import dev.grantway.admin.matrix.MatrixService;
import dev.grantway.admin.matrix.Wish;
import dev.grantway.policy.RoleName;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Asks what to do with everything below a path for one role, and says how many cells that is. */
final class GroupDialog extends Dialog {

  /**
   * @param counts how many cells each wish would change; none: there are too many for one edit
   * @param everything stages one permission for all below, routes to come too
   */
  GroupDialog(
      RoleName role,
      MatrixRow.Group group,
      String stage,
      Map<Wish, Integer> counts,
      Consumer<Wish> edit,
      Runnable everything) {
    setHeaderTitle(Words.word("matrix.group.title", role.value(), group.path()));
    Div choices = Html.div("form");
    choices.add(
        new Span(
            counts.isEmpty()
                ? Words.word("matrix.group.many", group.size(), MatrixService.MOST_CELLS)
                : Words.word("matrix.group.text", group.size(), stage)));
    counts.forEach(
        (wish, count) ->
            choices.add(
                choice(
                    Words.word("matrix.group." + wish, count),
                    "group-" + wish.name().toLowerCase(Locale.ROOT),
                    count > 0,
                    () -> edit.accept(wish))));
    choices.add(
        Html.span("note", Words.word("matrix.group.wide.text")),
        choice(
            Words.word("matrix.group.wide", group.path() + "/**"), "group-wide", true, everything));
    add(choices);
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    getFooter().add(cancel);
  }

  private Button choice(String text, String testId, boolean offered, Runnable action) {
    var button =
        new Button(
            text,
            click -> {
              close();
              action.run();
            });
    button.setEnabled(offered);
    return Html.named(button, testId);
  }
}
