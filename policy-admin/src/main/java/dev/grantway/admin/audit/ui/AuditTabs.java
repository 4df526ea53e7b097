package dev.grantway.admin.audit.ui;

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
        Html.tab(
            AuditNavigation.path(place),
            Words.word("audit.revisions"),
            !activity,
            "show-revisions"),
        Html.tab(
            AuditNavigation.activityPath(place),
            Words.word("activity.title"),
            activity,
            "show-activity"));
  }
}
