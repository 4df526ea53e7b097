package dev.grantway.admin.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.LogGaps;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.overview.FoundFindings;
import dev.grantway.admin.overview.Overview;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.ReviewsNavigation;
import dev.grantway.admin.shell.InForceStatus;
import dev.grantway.admin.usage.UsageNavigation;
import dev.grantway.admin.usage.UsePage;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.FindingCode;
import dev.grantway.analysis.Severity;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Revision;
import dev.grantway.usage.RouteCalls;
import java.util.List;
import java.util.stream.Collectors;

/** The cards of the overview. */
final class Cards {
  private static final int SHOWN = 25;
  private static final int FEW = 5;

  private Cards() {}

  static Div card(String title, Component... parts) {
    Div card = Html.div("panel card", new H2(Words.word(title)));
    card.add(parts);
    return card;
  }

  /** The live revision, how far it has come, and who serves what. */
  static Div live(Place place, Overview it, ChangesService changes) {
    Div card = card("overview.live");
    it.head()
        .ifPresentOrElse(
            revision -> card.add(revision(place, revision), new InForceStatus(changes)),
            () -> card.add(Html.span("mute", Words.word("audit.empty"))));
    if (it.instances().isEmpty()) {
      card.add(Html.span("mute", Words.word("overview.instances.none")));
    } else {
      var list = new UnorderedList();
      list.addClassName("lines");
      it.instances().forEach(instance -> list.add(instance(it, instance)));
      card.add(Html.span("mute", Words.word("overview.instances", it.instances().size())), list);
    }
    return Html.named(card, "overview-live");
  }

  private static Div revision(Place place, Revision it) {
    String number = Long.toString(it.number());
    return Html.div(
        "fact",
        Html.link(
            AuditNavigation.path(place) + "?revision=" + number,
            "big mono",
            Words.word("audit.number", number)),
        Html.div(
            "text",
            new Span(Words.word("overview.by", it.operator(), Times.dayAndClock(it.at()))),
            Html.span("note", it.reason())));
  }

  private static ListItem instance(Overview it, AuditService.Instance instance) {
    long head = it.head().map(Revision::number).orElse(0L);
    boolean healthy = instance.live() && instance.revision() == head;
    String serves = Long.toString(instance.revision());
    String word =
        instance.live()
            ? Words.word("instances.live", serves)
            : instance.revision() == 0
                ? Words.word("instances.unread")
                : Words.word("instances.stale", serves);
    var item =
        new ListItem(
            Html.span(healthy ? "dot good" : "dot bad", ""),
            Html.mono(instance.name()),
            healthy ? Html.span("note", word) : Html.span("bad-word", word));
    instance
        .observeUntil()
        .ifPresent(
            until ->
                item.add(
                    Html.span(
                        "bad-word", Words.word("overview.observes", Times.dayAndClock(until)))));
    return Html.named(item, "overview-instance");
  }

  /** What policy data refused lately, and how far logs tell of it. */
  static Div refused(Place place, UsePage use) {
    Div card = card("overview.refused");
    if (use.told().told() == 0) {
      card.add(Html.span("mute", Words.word("overview.refused.nologs")));
    } else if (use.refused().isEmpty()) {
      card.add(
          Html.div(
              "fact",
              Html.span("mark done", "✓"),
              new Span(Words.word("overview.refused.none", use.told().days()))));
      LogGaps.of(use.told()).forEach(why -> card.add(Html.span("mute", why)));
    } else {
      var list = new UnorderedList();
      list.addClassName("lines");
      use.refused().stream()
          .limit(FEW)
          .forEach(
              row ->
                  list.add(
                      new ListItem(
                          Html.mono(row.route()),
                          Html.span(
                              "note",
                              Words.word("overview.refused.line", row.refused(), roles(row))))));
      card.add(list);
    }
    card.add(Html.link(UsageNavigation.path(place), "link", Words.word("overview.refused.more")));
    return Html.named(card, "overview-refused");
  }

  private static String roles(RouteCalls row) {
    return row.roles().isEmpty()
        ? Words.word("simulate.step.none")
        : row.roles().stream().map(RoleName::value).collect(Collectors.joining(", "));
  }

  /** What the operator may approve, what waits for their review, and what they edit. */
  static Div waiting(Place place, Overview it, List<ReviewService.Waiting> reviews) {
    Div card = card("overview.waiting");
    if (it.approves()) {
      card.add(
          Html.span("mute", Words.word("overview.waiting.approval", it.waiting().size())),
          drafts(place, it.waiting(), "waiting"));
    }
    card.add(
        Html.span("mute", Words.word("overview.waiting.reviews", reviews.size())),
        reviews(place, reviews));
    card.add(
        Html.span("mute", Words.word("overview.waiting.mine", it.mine().size())),
        drafts(place, it.mine(), "mine"));
    return Html.named(card, "overview-waiting");
  }

  private static UnorderedList reviews(Place place, List<ReviewService.Waiting> reviews) {
    var list = new UnorderedList();
    list.addClassName("lines");
    list.setVisible(!reviews.isEmpty());
    reviews.forEach(
        it ->
            list.add(
                Html.named(
                    new ListItem(
                        Html.link(
                            ReviewsNavigation.campaign(place, it.campaign().id())
                                + "?show=open,mine",
                            "link",
                            it.campaign().name()),
                        Html.span(
                            "note",
                            Words.word(
                                "overview.waiting.review",
                                it.open(),
                                it.campaign().lines(),
                                Times.dayAndClock(it.campaign().due())))),
                    "waiting review " + it.campaign().name())));
    return list;
  }

  private static UnorderedList drafts(Place place, List<DraftEntry> drafts, String kind) {
    var list = new UnorderedList();
    list.addClassName("lines");
    list.setVisible(!drafts.isEmpty());
    drafts.forEach(
        it ->
            list.add(
                Html.named(
                    new ListItem(
                        Html.link(ChangesNavigation.path(place, it.id()), "link", it.name()),
                        Html.span(
                            "note",
                            Words.word(
                                "drafts.of", it.owner(), Times.dayAndClock(it.createdAt())))),
                    kind + " " + it.name())));
    return list;
  }

  /** Findings by their codes, each unfolding into what it is about. */
  static Component findings(Found<FoundFindings> found) {
    return switch (found) {
      case Found.Looking<FoundFindings> _ ->
          Html.named(Html.span("mute", Words.word("overview.findings.looking")), "looking");
      case Found.Failed<FoundFindings> _ ->
          Html.named(Html.span("mute", Words.word("overview.findings.failed")), "findings-failed");
      case Found.Known<FoundFindings>(FoundFindings it) when it.findings().isEmpty() ->
          Html.div(
              "fact", Html.span("mark done", "✓"), new Span(Words.word("overview.findings.none")));
      case Found.Known<FoundFindings>(FoundFindings it) -> {
        Div list = Html.div("codes");
        it.byCode().forEach((code, findings) -> list.add(code(code, findings)));
        yield list;
      }
    };
  }

  private static NativeDetails code(FindingCode code, List<Finding> findings) {
    boolean note = findings.getFirst().severity() == Severity.NOTE;
    var summary =
        Html.div(
            "line",
            Html.span(note ? "count mute" : "count", Integer.toString(findings.size())),
            Html.mono(code.text()),
            Html.span("note", Words.word("overview.severity." + findings.getFirst().severity())));
    Div lines = Html.div("lines");
    findings.stream()
        .limit(SHOWN)
        .forEach(it -> lines.add(new Div(new Span(it.message() + ": " + it.next()))));
    if (findings.size() > SHOWN) {
      lines.add(new Div(Words.word("effects.more", findings.size() - SHOWN)));
    }
    return Html.named(new NativeDetails(summary, lines), "finding " + code.text());
  }
}
