package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.audit.AuditService.Activities;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityRecord;
import jakarta.annotation.security.PermitAll;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The activity log, a day at a time, newest first: for owners and auditors. */
@Route(value = Place.PREFIX + AuditNavigation.ACTIVITY, layout = MainLayout.class)
@PermitAll
class ActivityView extends PlacedView {
  private static final int PAGE = 100;

  private final AuditService audit;

  ActivityView(AuditService audit, ApiService apis) {
    super(apis);
    this.audit = audit;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    List<LocalDate> days = audit.days();
    Optional<LocalDate> asked = day(parameter(event, "day"));
    Optional<LocalDate> shown = asked.or(() -> days.stream().findFirst());
    add(
        Html.head(new H1(Words.word("audit.title")), Html.span("sub", Words.word("activity.sub"))),
        new AuditTabs(place(), true));
    shown.ifPresentOrElse(
        day -> show(day, days),
        () -> add(Html.div("panel", Html.div("empty", new Span(Words.word("activity.empty"))))));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private void show(LocalDate day, List<LocalDate> days) {
    NativeTable table =
        Html.table(
            Words.word("activity.title"),
            List.of(
                Words.word("activity.at"),
                Words.word("activity.operator"),
                Words.word("activity.what"),
                Words.word("activity.details")));
    Div list = Html.named(Html.div("panel flush", table), "activity");
    add(day(day, days), list);
    more(table, list, day, "");
  }

  /** The day, between links to its neighbours. */
  private Div day(LocalDate day, List<LocalDate> days) {
    Div bar = Html.div("days", Html.span("mono", Words.word("activity.day", day.toString())));
    days.stream()
        .filter(it -> it.isBefore(day))
        .findFirst()
        .ifPresent(it -> bar.add(link(it, "activity.earlier", "earlier-day")));
    days.reversed().stream()
        .filter(it -> it.isAfter(day))
        .findFirst()
        .ifPresent(it -> bar.add(link(it, "activity.later", "later-day")));
    return bar;
  }

  private Anchor link(LocalDate day, String word, String testId) {
    String path = AuditNavigation.activityPath(place()) + "?day=" + day;
    return Html.named(Html.link(path, "link", Words.word(word, day.toString())), testId);
  }

  private void more(NativeTable table, Div list, LocalDate day, String after) {
    Activities page = audit.activity(day, after, PAGE);
    page.items().forEach(it -> row(table, it));
    if (after.isEmpty() && page.items().isEmpty()) {
      list.add(Html.div("empty", new Span(Words.word("activity.none"))));
    }
    if (!page.next().isEmpty()) {
      var more = new Button(Words.word("more"));
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            more(table, list, day, page.next());
          });
      list.add(foot);
    }
  }

  private static void row(NativeTable table, ActivityRecord it) {
    ActivityEntry entry = it.entry();
    NativeTableRow row = table.getBody().addRow();
    Html.named(row, "activity " + entry.kind().code());
    Span at = Html.span("mono", Times.clock(it.at()));
    at.getElement().setAttribute("title", it.at() + " · " + it.writer() + " " + it.seq());
    Html.cell(row, "nowrap", at);
    Html.cell(row, "", new Span(entry.operator()));
    Html.cell(
        row,
        "",
        new Span(Words.word("activity." + entry.kind())),
        Html.span("mono mute what", entry.subject()));
    Html.cell(row, "wide", Html.span("mono mute what", details(entry)));
  }

  private static String details(ActivityEntry entry) {
    return entry.details().entrySet().stream()
        .filter(detail -> !detail.getValue().isEmpty())
        .map(detail -> detail.getKey() + " " + readable(detail.getValue()))
        .collect(Collectors.joining(" · "));
  }

  /** Records hold instants to the nanosecond, in UTC. */
  private static String readable(String value) {
    try {
      return Times.dayAndClock(Instant.parse(value));
    } catch (DateTimeParseException noInstant) {
      return value;
    }
  }

  /** What was done does not depend on the draft. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("activity.title");
  }
}
