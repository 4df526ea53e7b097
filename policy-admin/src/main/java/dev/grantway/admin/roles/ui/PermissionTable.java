package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.PermissionLine;
import dev.grantway.admin.roles.RolePage;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The permissions of a role, its own first; inherited ones are outlined and name their source. */
final class PermissionTable extends Div {
  private final RolePage page;
  private final boolean drafts;
  private final Consumer<Permission> edit;
  private final Consumer<Permission> delete;
  private final Consumer<Permission> restore;

  /** How many permissions are shown, to be shown again when the draft changed. */
  static final class Shown {
    private @Nullable Portions<PermissionLine> last;

    private int most() {
      return last == null ? 0 : last.shown();
    }
  }

  PermissionTable(
      RolePage page,
      boolean drafts,
      Shown shown,
      Consumer<Permission> edit,
      Consumer<Permission> delete,
      Consumer<Permission> restore) {
    this.page = page;
    this.drafts = drafts && !page.removed();
    this.edit = edit;
    this.delete = delete;
    this.restore = restore;
    if (page.permissions().isEmpty()) {
      add(Html.div("empty", new Span(Words.word("permissions.empty"))));
    } else {
      NativeTable table = table();
      var portions =
          new Portions<>(
              page.permissions(), shown.most(), line -> row(table.getBody().addRow(), line));
      shown.last = portions;
      add(table, portions);
    }
  }

  private static NativeTable table() {
    return Html.table(
        Words.word("permissions.title"),
        List.of(
            Words.word("field.effect"),
            Words.word("field.resource"),
            Words.word("field.stage"),
            Words.word("permissions.limits"),
            Words.word("permissions.source"),
            ""));
  }

  private void row(NativeTableRow row, PermissionLine line) {
    Permission it = line.permission();
    Html.named(row, "permission-row " + it.id());
    row.setClassName("staged", line.staged() != Staging.NONE);
    row.setClassName("removed", line.staged() == Staging.REMOVED);
    Html.cell(row, "nowrap", tile(line));
    var resource = Html.cell(row, "wide", method(it), Html.mono(it.resource().toString()));
    if (line.staged() != Staging.NONE) {
      resource.add(new Span(" "), Html.span("chip staged", Words.word(line.staged().key())));
    }
    Html.cell(
        row,
        "nowrap",
        it.stage().isEvery()
            ? Html.span("mute", Words.word("stage.every"))
            : Html.mono(it.stage().text()));
    Html.cell(row, "", limits(it));
    Html.cell(row, "source-cell", source(line));
    Html.cell(row, "end", drafts && !line.inherited() ? actions(line) : new Span());
  }

  private static Component tile(PermissionLine line) {
    boolean allow = line.permission().effect() == Effect.ALLOW;
    String label =
        Words.word(allow ? "effect.allow" : "effect.deny")
            + (line.inherited() ? " " + Words.word("tile.inherited", line.source()) : "");
    return Tile.of(allow ? Tile.Sign.ALLOW : Tile.Sign.DENY, line.inherited(), label);
  }

  private static Span method(Permission it) {
    return Html.span("m", PermissionText.methods(it));
  }

  private static Div limits(Permission it) {
    Div limits = Html.div("note");
    if (!it.validity().isAlways()) {
      String from = it.validity().from().map(Times::dayAndClock).orElse("…");
      String until = it.validity().until().map(Times::dayAndClock).orElse("…");
      limits.add(new Div(new Span("◷ " + Words.word("permission.validity", from, until))));
    }
    if (!it.condition().isNone()) {
      PermissionText.condition(it.condition())
          .lines()
          .forEach(clause -> limits.add(new Div(Html.mono(clause))));
    }
    if (!it.note().isEmpty()) {
      limits.add(new Div(new Span(it.note())));
    }
    return limits;
  }

  private Component source(PermissionLine line) {
    Span id = Html.span("mono note", line.permission().id().value());
    if (!line.inherited()) {
      return id;
    }
    var place = new Place(page.api().name(), page.stage());
    String role = line.source().value();
    return Html.div("source", Html.link(RolesNavigation.role(place, role), "chip mono", role), id);
  }

  private Div actions(PermissionLine line) {
    Permission it = line.permission();
    Div actions = Html.div("acts");
    if (line.staged() != Staging.NONE) {
      actions.add(button("restore", it, restore));
    }
    if (line.staged() != Staging.REMOVED) {
      actions.add(button("edit", it, edit), button("delete", it, delete));
    }
    return actions;
  }

  private static Button button(String what, Permission it, Consumer<Permission> action) {
    var button = new Button(Words.word("permission." + what), click -> action.accept(it));
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("permission." + what + ".label", it.id()));
    return Html.named(button, what + "-permission " + it.id());
  }
}
