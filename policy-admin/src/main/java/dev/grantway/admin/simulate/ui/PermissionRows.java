package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.simulate.Explanation;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.util.ArrayList;
import java.util.List;

/** Permissions that explain a decision, one a row. */
final class PermissionRows {
  private PermissionRows() {}

  static Div of(Place place, List<Permission> permissions) {
    NativeTable table = table("explain.by", List.of());
    permissions.forEach(it -> row(table, place, it, "determined", List.of()));
    return Html.div("panel flush", table);
  }

  static Div ofNear(Place place, List<Explanation.Near> misses) {
    NativeTable table = table("explain.nearest", List.of(Words.word("explain.failed")));
    for (Explanation.Near it : misses) {
      Component why = new Span(Words.word("explain.failed." + it.failed().name()));
      row(table, place, it.permission(), "nearest", List.of(why));
    }
    return Html.div("panel flush", table);
  }

  private static NativeTable table(String title, List<String> more) {
    var headers =
        new ArrayList<>(
            List.of(
                Words.word("field.effect"),
                Words.word("field.resource"),
                Words.word("field.role"),
                Words.word("permissions.source")));
    headers.addAll(more);
    return Html.table(Words.word(title), headers);
  }

  private static void row(
      NativeTable table, Place place, Permission it, String kind, List<Component> more) {
    var row = Html.named(table.getBody().addRow(), kind + " " + it.id());
    boolean allow = it.effect() == Effect.ALLOW;
    Html.cell(
        row,
        "nowrap",
        Tile.of(
            allow ? Tile.Sign.ALLOW : Tile.Sign.DENY,
            false,
            Words.word(allow ? "effect.allow" : "effect.deny")));
    var resource =
        Html.cell(
            row,
            "wide",
            Html.span("m", PermissionText.methods(it)),
            Html.mono(it.resource().toString()));
    PermissionText.condition(it.condition())
        .lines()
        .forEach(clause -> resource.add(Html.div("note", Html.mono(clause))));
    String role = it.role().value();
    Html.cell(row, "nowrap", Html.link(RolesNavigation.role(place, role), "chip mono", role));
    Html.cell(row, "source-cell", Html.span("mono note", it.id().value()));
    more.forEach(part -> Html.cell(row, "", part));
  }
}
