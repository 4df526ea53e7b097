package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.SimulateNavigation;

/** From one request to the policy's tests and back. */
final class SimulateTabs extends Nav {
  SimulateTabs(Place place, boolean tests) {
    addClassName("views");
    Html.labelled(this, Words.word("simulate.tabs"));
    add(
        tab(SimulateNavigation.path(place), "simulate.tab.ask", !tests, "show-simulate"),
        tab(SimulateNavigation.testsPath(place), "simulate.tab.tests", tests, "show-tests"));
  }

  private static Anchor tab(String path, String word, boolean current, String testId) {
    Anchor link = Html.named(Html.link(path, "view", Words.word(word)), testId);
    if (current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
