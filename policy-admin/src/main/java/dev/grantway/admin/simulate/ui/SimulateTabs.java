package dev.grantway.admin.simulate.ui;

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
        Html.tab(
            SimulateNavigation.path(place),
            Words.word("simulate.tab.ask"),
            !tests,
            "show-simulate"),
        Html.tab(
            SimulateNavigation.testsPath(place),
            Words.word("simulate.tab.tests"),
            tests,
            "show-tests"));
  }
}
