package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.GrantChange;
import dev.grantway.admin.changes.HolderChange;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.changes.Risk;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import java.util.List;

/** Which role may call which route that it may not call now, and the other way round. */
final class Effects {
  private Effects() {}

  static Component of(Review review) {
    Div panel = Html.named(Html.div("panel flush"), "effects");
    if (review.grants().isEmpty()) {
      panel.add(Html.div("empty", new Span(Words.word("effects.none"))));
    } else {
      NativeTable table = table();
      panel.add(
          table, new Portions<>(review.grants(), grant -> row(table.getBody().addRow(), grant)));
    }
    Div section =
        Html.section(
            Words.word("effects.title"), Html.span("mute", ChangesView.counts(review)), panel);
    if (!review.risks().isEmpty()) {
      section.addComponentAtIndex(2, risks(review.risks()));
    }
    if (!review.effect().holders().isEmpty()) {
      section.add(holders(review.effect().holders()));
    }
    return section;
  }

  private static Div risks(List<Risk> risks) {
    Div notice = Html.named(Html.div("notice wait", new H2(Words.word("risk.title"))), "risks");
    Div all = Html.div("items");
    notice.add(
        all, new Portions<>(risks, risk -> all.add(new Div(Words.all(List.of(risk.about()))))));
    return notice;
  }

  private static Div holders(List<HolderChange> holders) {
    Div panel = Html.named(Html.div("panel conversation"), "holders");
    panel.add(new H2(Words.word("effects.holders")));
    Div all = Html.div("items");
    panel.add(all, new Portions<>(holders, holder -> all.add(line(holder))));
    return panel;
  }

  private static Div line(HolderChange holder) {
    return new Div(
        new Span(
            Words.word(
                "effects.holder." + holder.kind(),
                Words.word("effects.holder." + holder.of()),
                holder.value(),
                holder.role().value())),
        Html.span(
            "mute",
            " "
                + Words.word(
                    "effects.holder.routes", holder.routes(), String.join(", ", holder.apis()))));
  }

  private static NativeTable table() {
    return Html.table(
        Words.word("effects.title"),
        List.of(
            Words.word("effects.change"),
            Words.word("field.role"),
            Words.word("routes.route"),
            Words.word("field.stage"),
            Words.word("routes.because")));
  }

  private static void row(NativeTableRow row, GrantChange grant) {
    String kind = Words.word("effects." + grant.kind().name());
    Html.named(row, "effect " + grant.role() + " " + grant.route());
    Tile.Sign sign =
        grant.kind() == GrantChange.Kind.LOST ? Tile.Sign.STAGED_LESS : Tile.Sign.STAGED_MORE;
    Html.cell(row, "nowrap", Tile.of(sign, false, kind), new Span(" " + kind));
    var role = Html.cell(row, "nowrap", Html.mono(grant.role().value()));
    if (grant.inherited()) {
      role.add(Html.span("note", " " + Words.word("effects.inherited")));
    }
    Html.cell(row, "wide", Html.mono(grant.route()), Html.span("note", " " + grant.api()));
    Html.cell(row, "nowrap", Html.mono(String.join(", ", grant.stages())));
    Html.cell(row, "", Html.span("mono note", String.join(", ", grant.because())));
  }
}
