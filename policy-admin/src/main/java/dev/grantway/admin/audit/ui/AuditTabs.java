package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;

/** From revisions to the activity log and back. */
final class AuditTabs extends Nav {
  AuditTabs(Place place, boolean activity) {
    addClassName("views");
    Html.labelled(this, Words.word("audit.tabs"));
    add(
        tab(AuditNavigation.path(place), "audit.revisions", !activity, "show-revisions"),
        tab(AuditNavigation.activityPath(place), "activity.title", activity, "show-activity"));
  }

  private static Anchor tab(String path, String word, boolean current, String testId) {
    Anchor link = Html.named(Html.link(path, "view", Words.word(word)), testId);
    if (current) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }
}
