package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.analysis.DocumentChange;
import dev.grantway.analysis.DocumentPage;
import dev.grantway.analysis.Emitted;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The policy documents that a draft makes others: compiled when somebody asks for them, since that
 * may take a while.
 */
final class DocumentList extends Div {
  private final IntFunction<DocumentPage> pages;
  private final Div panel = Html.div("panel flush");
  private final Div more = Html.div("acts");
  private final NativeTable table =
      Html.table(
          Words.word("documents.title"),
          List.of(
              Words.word("documents.holder"),
              Words.word("field.stage"),
              Words.word("documents.size"),
              Words.word("documents.diff")));
  private boolean empty = true;

  /**
   * @param pages of documents, from one on
   */
  DocumentList(IntFunction<DocumentPage> pages) {
    this.pages = pages;
    addClassName("section");
    Html.named(this, "documents");
    more.add(button("documents.show", 0));
    add(new H2(Words.word("documents.title")), more);
  }

  private Button button(String text, int from) {
    var button = Html.named(new Button(Words.word(text), click -> show(from)), "documents-show");
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.setDisableOnClick(true);
    return button;
  }

  private void show(int from) {
    DocumentPage page = pages.apply(from);
    if (panel.getParent().isEmpty()) {
      addComponentAtIndex(1, panel);
    }
    page.changes().forEach(change -> row(table.getBody().addRow(), change));
    empty &= page.changes().isEmpty();
    panel.removeAll();
    panel.add(empty ? Html.div("empty", new Span(Words.word("documents.none"))) : table);
    if (page.changes().stream().anyMatch(it -> !it.reported())) {
      panel.add(Html.div("more", new Span(Words.word("documents.assumed"))));
    }
    more.removeAll();
    page.next().ifPresent(next -> more.add(button("documents.more", next)));
  }

  private static void row(NativeTableRow row, DocumentChange it) {
    String roles = it.roles().stream().map(RoleName::value).collect(Collectors.joining(" + "));
    Html.named(row, "document " + roles + " " + it.stage());
    var who = Html.cell(row, "", Html.mono(roles));
    if (it.origin() != DocumentChange.Origin.ROLE) {
      who.add(Html.span("note", " " + Words.word("documents.origin." + it.origin().name())));
    }
    Html.cell(row, "nowrap", Html.mono(it.stage()), Html.span("note", " " + it.api()));
    var size =
        Html.cell(
            row,
            "nowrap",
            new Span(Words.word("documents.sizes", size(it.before()), size(it.after()))));
    it.after()
        .map(Emitted::fit)
        .filter(fit -> fit != Emitted.Fit.EXACT)
        .ifPresent(
            fit -> size.add(Html.span("note", " " + Words.word("documents.fit." + fit.name()))));
    Html.cell(row, "wide", difference(it));
  }

  private static String size(Optional<Emitted> document) {
    return document
        .map(it -> Integer.toString(it.bytes()))
        .orElseGet(() -> Words.word("documents.absent"));
  }

  private static Details difference(DocumentChange it) {
    var lines = new Pre(String.join("\n", it.difference()));
    lines.addClassNames("mono", "document");
    return new Details(it.route().isEmpty() ? Words.word("documents.whole") : it.route(), lines);
  }
}
