package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import java.util.LinkedHashMap;
import java.util.Locale;

/** What is looked at of a review: all of it under each other, or one part alone. */
enum ReviewTab {
  ALL,
  EDITS,
  EFFECT,
  DOCUMENTS,
  TESTS,
  CONVERSATION;

  /** The name that the URL has; what is none is everything. */
  static ReviewTab named(String name) {
    for (ReviewTab tab : values()) {
      if (tab.path().equals(name)) {
        return tab;
      }
    }
    return ALL;
  }

  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean shows(ReviewTab part) {
    return this == ALL || this == part;
  }

  /** Links to all of them. */
  Nav links(Place place, String draft) {
    var links = new Nav();
    links.addClassName("views");
    Html.labelled(links, Words.word("review.tabs"));
    for (ReviewTab tab : values()) {
      Anchor link =
          Html.named(
              Html.link(address(place, draft, tab), "view", Words.word("review.tab." + tab)),
              "tab-" + tab.path());
      if (tab == this) {
        link.getElement().setAttribute("aria-current", "page");
      }
      links.add(link);
    }
    return links;
  }

  private static String address(Place place, String draft, ReviewTab tab) {
    var parameters = new LinkedHashMap<String, String>();
    if (!draft.isEmpty()) {
      parameters.put("draft", draft);
    }
    if (tab != ALL) {
      parameters.put("tab", tab.path());
    }
    String query = QueryParameters.simple(parameters).getQueryString();
    return ChangesNavigation.path(place) + (query.isEmpty() ? "" : "?" + query);
  }
}
