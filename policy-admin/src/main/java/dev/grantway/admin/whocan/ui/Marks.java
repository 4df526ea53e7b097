package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.RolePath;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.whocan.Because;
import dev.grantway.admin.whocan.Standing;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import java.util.List;

/** How it comes out, and why, as answers show it. */
final class Marks {
  private Marks() {}

  /** What a role may do; outlined if it is by inheritance only. */
  static Div tiles(Standing standing, List<Because> because, String who) {
    boolean inherited = !because.isEmpty() && because.stream().allMatch(Because::isInherited);
    return tiles(standing, inherited, who);
  }

  static Div tiles(Standing standing, boolean inherited, String who) {
    Tile.Sign sign =
        switch (standing.kind()) {
          case ALLOWED -> Tile.Sign.ALLOW;
          case DENIED -> Tile.Sign.DENY;
          case NOT_NOW, NONE -> Tile.Sign.NONE;
        };
    String word = Words.word("whocan.standing." + standing.kind());
    Div tiles = Html.div("tiles", Tile.of(sign, inherited, Words.word("whocan.tile", who, word)));
    if (standing.conditional() || standing.kind() == Standing.Kind.NOT_NOW) {
      tiles.add(clock(Words.word(standing.conditional() ? "whocan.conditional" : "whocan.notnow")));
    }
    return tiles;
  }

  /** A small clock that says what it means. */
  static Span clock(String label) {
    Span clock = Html.span("clock", "◷");
    clock.getElement().setAttribute("role", "img");
    clock.getElement().setAttribute("title", label);
    return Html.labelled(clock, label);
  }

  static Component role(Place place, RoleName role) {
    return Html.link(RolesNavigation.role(place, role.value()), "chip mono", role.value());
  }

  /** A role's permissions, one an item, each with how it is come by and what limits it. */
  static UnorderedList because(List<Because> because) {
    return because(because, false);
  }

  /**
   * The same of a role or of somebody.
   *
   * @param somebody they hold several roles, and each permission names the one that it is by
   */
  static UnorderedList because(List<Because> because, boolean somebody) {
    var list = new UnorderedList();
    list.addClassName("reasons");
    because.forEach(it -> list.add(item(it, somebody)));
    return list;
  }

  private static ListItem item(Because it, boolean somebody) {
    Permission permission = it.permission();
    boolean denies = permission.effect() == Effect.DENY;
    var item = new ListItem();
    if (denies) {
      item.add(Html.span("bad-word", Words.word("effect.deny")), new Span(" "));
    }
    String methods = PermissionText.methods(permission);
    if (!methods.isEmpty()) {
      item.add(Html.span("m", methods));
    }
    item.add(Html.mono(permission.resource().toString()), new Span(" "), how(it, somebody));
    if (it.breadth() != Because.Breadth.EXACT) {
      item.add(new Span(" · "), Html.span("note", Words.word("whocan.breadth." + it.breadth())));
    }
    item.add(Html.span("note mono id", permission.id().value()));
    limits(item, permission);
    return item;
  }

  private static Span how(Because it, boolean somebody) {
    if (it.isEverybodys()) {
      return Html.span("note", Words.word("whocan.via.everybody"));
    }
    if (!it.isInherited() && !somebody) {
      return Html.span("note", Words.word("whocan.via.own"));
    }
    Span path = Html.span("note", "");
    path.add(new Span(Words.word(somebody ? "whocan.via.by" : "whocan.via.inherited")));
    path.add(new RolePath(it.via()));
    return path;
  }

  private static void limits(ListItem item, Permission permission) {
    PermissionText.condition(permission.condition())
        .lines()
        .forEach(clause -> item.add(Html.div("note mono", new Span(clause))));
    if (!permission.validity().isAlways()) {
      item.add(Html.div("note", new Span("◷ " + validity(permission.validity()))));
    }
  }

  private static String validity(Validity it) {
    return Words.word(
        "permission.validity",
        it.from().map(Times::dayAndClock).orElse("…"),
        it.until().map(Times::dayAndClock).orElse("…"));
  }
}
