package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.Explanation;
import dev.grantway.decision.TriedCondition;
import java.util.ArrayList;
import java.util.List;

/** What explanations and simulations show of a decision alike. */
final class DecisionParts {
  private DecisionParts() {}

  /**
   * What was decided and why.
   *
   * @param word says it in one line
   */
  static Div verdict(Explanation.Decided it, String word, Component... more) {
    boolean allowed = it.decision().isAllowed();
    Div verdict =
        Html.div(
            allowed ? "notice good" : "notice bad",
            Html.div(
                "verdict",
                Tile.of(allowed ? Tile.Sign.ALLOW : Tile.Sign.DENY, false, word),
                new H2(word)),
            new Span(Words.word("explain.reason." + it.decision().reason().name())));
    verdict.add(more);
    return verdict;
  }

  /**
   * Conditions that could not be evaluated; nothing where there is none.
   *
   * @param title the key of what that means here
   */
  static List<Component> unknown(Explanation.Decided it, String title, String testId) {
    if (it.unknown().isEmpty()) {
      return List.of();
    }
    Div notice = Html.div("notice wait", new Span(Words.word(title)));
    for (TriedCondition tried : it.unknown()) {
      notice.add(
          Html.mono(tried.permission() + " " + tried.operator().word() + " " + tried.attribute()));
    }
    return List.of(Html.named(notice, testId));
  }

  /** The permissions that determined it, and on a default deny those that nearly allowed it. */
  static List<Component> permissions(Place place, Explanation.Decided it) {
    var parts = new ArrayList<Component>();
    if (!it.by().isEmpty()) {
      parts.add(Html.section(Words.word("explain.by"), PermissionRows.of(place, it.by())));
    }
    if (!it.nearest().isEmpty()) {
      parts.add(
          Html.section(
              Words.word("explain.nearest"),
              Html.span(
                  "mute",
                  Words.word(it.everyRole() ? "explain.nearest.sub" : "explain.nearest.some")),
              PermissionRows.ofNear(place, it.nearest())));
    }
    return parts;
  }
}
