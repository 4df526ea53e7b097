package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.wiring.WiringNavigation;
import dev.grantway.admin.wiring.WiringPage;
import dev.grantway.admin.wiring.WiringPage.Look;
import dev.grantway.analysis.Severity;

/** Whether the deployed API asks its authorizer as it should. */
final class WiringCard {
  private WiringCard() {}

  static Div of(Place place, WiringPage page) {
    Div card = Cards.card("overview.wiring");
    if (page.connected().isEmpty()) {
      card.add(Html.span("mute", Words.word("overview.wiring.none")));
    } else {
      card.add(
          page.look()
              .map(WiringCard::look)
              .orElseGet(() -> Html.span("mute", Words.word("overview.wiring.unlooked"))));
    }
    card.add(Html.link(WiringNavigation.path(place), "link", Words.word("overview.wiring.more")));
    return Html.named(card, "overview-wiring");
  }

  private static Component look(Look look) {
    if (look.isWell()) {
      return Html.div(
          "fact",
          Html.span("mark done", "✓"),
          new Span(Words.word("overview.wiring.well", Times.dayAndClock(look.at()))));
    }
    var list = new UnorderedList();
    list.addClassName("lines");
    if (!look.problem().isEmpty()) {
      list.add(
          new ListItem(
              Html.span("bad-word", Words.word("overview.wiring.unread", look.problem()))));
    }
    if (look.old()) {
      list.add(
          new ListItem(
              Html.span(
                  "bad-word", Words.word("overview.wiring.old", Times.dayAndClock(look.at())))));
    }
    look.found().stream()
        .filter(it -> it.severity() != Severity.NOTE)
        .forEach(
            it ->
                list.add(
                    new ListItem(
                        Html.mono(it.code()),
                        Html.span(
                            "note",
                            Words.word(
                                "overview.wiring.line",
                                Words.word("overview.severity." + it.severity()),
                                Times.dayAndClock(it.since()))))));
    return list;
  }
}
