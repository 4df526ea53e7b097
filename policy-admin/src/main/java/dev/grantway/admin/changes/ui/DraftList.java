package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every open draft, whose it is, and which of them is shown. */
final class DraftList extends Div {

  /**
   * @param shown the id of the draft that is shown, or empty
   * @param path where a draft is shown
   * @param choose has edits go to a draft
   */
  DraftList(
      List<DraftEntry> drafts,
      String shown,
      Function<DraftEntry, String> path,
      Consumer<DraftEntry> choose) {
    addClassNames("panel", "flush", "drafts");
    Html.named(this, "drafts");
    drafts.forEach(draft -> add(row(draft, draft.id().equals(shown), path, choose)));
  }

  private static Div row(
      DraftEntry draft,
      boolean shown,
      Function<DraftEntry, String> path,
      Consumer<DraftEntry> choose) {
    var link = Html.link(path.apply(draft), "name", draft.name());
    if (shown) {
      link.getElement().setAttribute("aria-current", "true");
    }
    var row =
        Html.div(
            "draft" + (shown ? " shown" : ""),
            Html.named(link, "draft " + draft.name()),
            Html.span(
                "mute",
                Words.word("drafts.of", draft.owner(), Times.dayAndClock(draft.createdAt()))));
    if (draft.edited()) {
      row.add(Html.span("chip staged", Words.word("drafts.edited")));
    } else if (draft.own()) {
      var button = new Button(Words.word("drafts.choose"), click -> choose.accept(draft));
      button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      button.setAriaLabel(Words.word("drafts.choose.label", draft.name()));
      row.add(Html.named(button, "choose " + draft.name()));
    } else {
      row.add(new Span());
    }
    return row;
  }
}
