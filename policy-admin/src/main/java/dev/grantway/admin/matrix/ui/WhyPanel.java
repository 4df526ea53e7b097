package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.RolePath;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.CellPage;
import dev.grantway.admin.matrix.CellState;
import dev.grantway.admin.matrix.Edited;
import dev.grantway.admin.matrix.Wish;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the cell that has the focus is as it is, what can be done there, and what was done last. */
final class WhyPanel extends Div {
  private static final int NAMED = 3;

  private final Div said = Html.named(Html.div("said"), "matrix-said");
  private final Div shown = Html.div("why-body");

  WhyPanel() {
    addClassNames("panel", "why-panel");
    getElement().setAttribute("role", "region");
    Html.labelled(this, Words.word("matrix.why"));
    said.getElement().setAttribute("role", "status");
    add(new H2(Words.word("matrix.why")), said, shown);
    nothing();
  }

  void nothing() {
    shown.removeAll();
    shown.add(Html.span("note", Words.word("matrix.why.empty")));
  }

  /** Says what an edit came to. */
  void say(Edited edited, String stage) {
    said.setClassName(
        "bad-word", edited instanceof Edited.Nothing || edited instanceof Edited.Refused);
    said.setText(
        switch (edited) {
          case Edited.Done done -> done(done, stage);
          case Edited.Split split -> split(split, stage);
          case Edited.Nothing(var why) -> Words.all(List.of(why));
          case Edited.Refused(var why) -> Words.all(why);
        });
  }

  void say(String text) {
    said.removeClassName("bad-word");
    said.setText(text);
  }

  private static String done(Edited.Done it, String stage) {
    return Stream.of(
            Words.word("matrix.said." + it.wish(), it.cells(), stage),
            ids("matrix.said.added", it.added()),
            ids("matrix.said.removed", it.removed()),
            it.same() == 0 ? "" : Words.word("matrix.said.same", it.same()),
            it.blocked() == 0 ? "" : Words.word("matrix.said.blocked", it.blocked()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String split(Edited.Split it, String stage) {
    return Stream.of(
            Words.word("matrix.said.split", stage),
            ids("matrix.said.narrowed", it.narrowed()),
            ids("matrix.said.added", it.added()),
            ids("matrix.said.removed", it.removed()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String ids(String key, List<PermissionId> ids) {
    String first =
        ids.stream().limit(NAMED).map(PermissionId::value).collect(Collectors.joining(", "));
    return ids.isEmpty() ? "" : Words.word(key, ids.size(), first, ids.size() > NAMED ? " …" : "");
  }

  void forget() {
    said.setText("");
  }

  /** What a role may do below a path, and the way to change it where there is one. */
  void show(RoleName role, String says, Place place, List<Runnable> edit) {
    shown.removeAll();
    shown.add(
        Html.named(
            Html.div(
                "of",
                Html.link(RolesNavigation.role(place, role.value()), "rolelink", role.value())),
            "matrix-why"),
        new Span(says));
    edit.forEach(
        it ->
            shown.add(
                Html.div(
                    "acts",
                    Html.named(
                        new Button(Words.word("matrix.group.edit"), click -> it.run()),
                        "matrix-group"))));
  }

  /**
   * @param split takes the cell out of permissions that cover more
   */
  void show(CellPage page, Place place, Consumer<Wish> edit, Runnable split) {
    shown.removeAll();
    shown.add(
        Html.named(
            Html.div(
                "of",
                Html.link(
                    RolesNavigation.role(place, page.role().value()),
                    "rolelink",
                    page.role().value()),
                Html.mono(page.place().text())),
            "matrix-why"));
    if (page.isStaged()) {
      shown.add(
          standing("matrix.before", page.before(), page.role(), place),
          standing("matrix.after", page.now(), page.role(), place));
    } else {
      shown.add(standing("matrix.now", page.now(), page.role(), place));
    }
    if (!page.place().needsGrant()) {
      String access = page.place().route().access().name();
      shown.add(Html.span("note", Words.word("matrix.access." + access + ".long")));
    }
    shown.add(actions(page, edit, split));
  }

  private static Div standing(String key, CellPage.Standing standing, RoleName role, Place place) {
    CellState state = standing.state();
    String tone = state.isAllowed() ? "allowed" : "denied";
    Div box =
        Html.div(
            "standing " + tone,
            new Span(Words.word(key)),
            Html.span("verdict-word", Cells.words(state)));
    Div part = Html.div("standing-part", box);
    if (standing.by().isEmpty()) {
      part.add(Html.span("note", Words.word("matrix.default")));
    } else {
      var list = new OrderedList();
      list.addClassName("because");
      standing.by().forEach(it -> list.add(because(it, role, place)));
      part.add(list);
    }
    return part;
  }

  private static ListItem because(CellPage.By by, RoleName role, Place place) {
    Permission it = by.permission();
    boolean allow = it.effect() == Effect.ALLOW;
    var line =
        new ListItem(
            new Span(Words.word(allow ? "effect.allow" : "effect.deny")),
            new Span(" "),
            Html.mono(PermissionText.methods(it)),
            new Span(" "),
            Html.mono(it.resource().toString()));
    String stage = it.stage().isEvery() ? Words.word("stage.every") : it.stage().text();
    line.add(Html.div("facts note", Html.mono(it.id().value()), new Span(stage)));
    if (!it.role().equals(role)) {
      String source = it.role().value();
      line.add(
          Html.named(
              Html.div(
                  "note", new Span(Words.word("whocan.via.inherited")), new RolePath(by.via())),
              "matrix-via " + it.id()),
          Html.div(
              "note",
              Html.link(
                  RolesNavigation.role(place, source),
                  "link",
                  Words.word("matrix.source", source))));
    }
    if (!it.validity().isAlways()) {
      String from = it.validity().from().map(Times::dayAndClock).orElse("…");
      String until = it.validity().until().map(Times::dayAndClock).orElse("…");
      line.add(Html.div("note", new Span("◷ " + Words.word("permission.validity", from, until))));
    }
    PermissionText.condition(it.condition())
        .lines()
        .forEach(clause -> line.add(Html.div("note", Html.mono(clause))));
    if (!it.note().isEmpty()) {
      line.add(Html.div("note", new Span(it.note())));
    }
    return line;
  }

  private static Div actions(CellPage page, Consumer<Wish> edit, Runnable split) {
    Div actions = Html.div("acts");
    for (Wish wish : Wish.values()) {
      if (page.offers().contains(wish)) {
        boolean override = wish == Wish.DENY && page.now().state().isInherited();
        String key = "matrix.offer." + (override ? "OVERRIDE" : wish.name());
        var button = new Button(Words.word(key), click -> edit.accept(wish));
        actions.add(Html.named(button, "matrix-" + wish.name().toLowerCase(Locale.ROOT)));
      }
    }
    if (page.wide()) {
      var button = new Button(Words.word("matrix.offer.split"), click -> split.run());
      button.setTooltipText(Words.word("matrix.offer.split.help"));
      actions.add(Html.named(button, "matrix-split"));
    }
    return actions;
  }
}
