package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangeLines;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.common.ChangeList;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows that somebody else changed meanwhile: theirs and mine, and which is to stand. */
final class Disputes extends Div {

  /** How a dispute is settled. */
  record Choice(RowKey key, boolean mine) {}

  Disputes(DraftState draft, boolean drafts, Consumer<Choice> settle) {
    addClassNames("section", "blocks");
    var notice =
        Html.div(
            "notice wait",
            new H2(Words.word("disputes.title", draft.disputes().size())),
            new Span(Words.word("disputes.text", Long.toString(draft.head()))));
    notice.getElement().setAttribute("role", "alert");
    add(Html.named(notice, "disputes"));
    for (Dispute dispute : draft.disputes()) {
      Div panel = Html.named(Html.div("panel"), "dispute " + dispute.key().text());
      panel.add(new H2(Words.word("disputes.mine")));
      panel.add(new ChangeList(lines(dispute.mine()), line -> new Span()));
      panel.add(new H2(Words.word("disputes.theirs")));
      panel.add(theirs(dispute));
      if (drafts) {
        panel.add(
            Html.div(
                "acts",
                button("disputes.keep.mine", new Choice(dispute.key(), true), settle),
                button("disputes.keep.theirs", new Choice(dispute.key(), false), settle)));
      }
      add(panel);
    }
  }

  private static Component theirs(Dispute dispute) {
    var before = dispute.mine().beforeOrNull();
    var theirs = dispute.theirsOrNull();
    if (before == null && theirs == null) {
      return new Span(Words.word("disputes.gone"));
    }
    return new ChangeList(lines(new Change(dispute.key(), before, theirs)), line -> new Span());
  }

  private static List<ChangeLine> lines(Change change) {
    var changes = new ArrayList<Change>();
    changes.add(change);
    return ChangeLines.of(changes, api -> api.value());
  }

  private static Button button(String key, Choice choice, Consumer<Choice> settle) {
    var button = new Button(Words.word(key), click -> settle.accept(choice));
    return Html.named(button, key);
  }
}
