package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.CampaignState;
import dev.grantway.admin.reviews.QueueLine;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.review.Flag;
import dev.grantway.review.LastUse;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import java.util.stream.Collectors;

/** What is shown of campaigns and their lines. */
final class Parts {
  private static final long SECONDS = 60;

  private Parts() {}

  static Span stage(CampaignState.Stage stage) {
    String style =
        switch (stage) {
          case OPEN -> "chip";
          case OVERDUE, CLOSING -> "chip soon";
          case CLOSED -> "chip gained";
        };
    return Html.span(style, Words.word("reviews.stage." + stage));
  }

  /** What a line is, in one or two lines. */
  static Div what(QueueLine line) {
    return switch (line.line().row()) {
      case PolicyRow.OfPermission(var it) ->
          Html.div(
              "stack",
              Html.div(
                  "chips",
                  Html.mono(it.role().value()),
                  Html.span(
                      it.effect() == Effect.DENY ? "chip lost" : "chip gained",
                      Words.word("reviews.effect." + it.effect()))),
              Html.mono(
                  line.api()
                      + (it.stage().isEvery() ? "" : "/" + it.stage())
                      + " "
                      + (it.isEveryMethod()
                          ? "*"
                          : it.actions().stream()
                              .map(Action::name)
                              .sorted()
                              .collect(Collectors.joining(" ")))
                      + " "
                      + it.resource()),
              Html.span(
                  "note",
                  Words.word("reviews.permission", it.id().value(), line.line().routes())
                      + (it.condition().isNone() ? "" : " · " + Words.word("reviews.conditional"))
                      + (it.note().isEmpty() ? "" : " · " + it.note())));
      case PolicyRow.OfAssignment(var it) ->
          Html.div(
              "stack",
              Html.div(
                  "chips",
                  Html.mono(it.role().value()),
                  Html.span("chip", Words.word("reviews.assigned"))),
              Html.mono(it.value()),
              Html.span(
                  "note",
                  Words.word("effects.holder." + it.kind().name())
                      + " · "
                      + it.issuer()
                      + it.until()
                          .map(at -> " · " + Words.word("reviews.until", Times.dayAndClock(at)))
                          .orElse("")));
      case PolicyRow row -> throw new IllegalArgumentException(row.key().text());
    };
  }

  static Div granted(ReviewLine line) {
    return Html.div(
        "stack",
        line.grantedBy().isEmpty()
            ? Html.span("mute", Words.word("reviews.granted.unknown"))
            : new Span(String.join(", ", line.grantedBy())),
        Html.span(
            "note",
            line.grantedAt().map(Times::dayAndClock).map(at -> at + " · ").orElse("")
                + Words.word("reviews.revision", Long.toString(line.since()))));
  }

  static Div use(ReviewLine line) {
    LastUse it = line.use();
    String calls =
        it.last()
            .map(
                at ->
                    Words.word("reviews.use.last", Times.dayAndClock(at))
                        + " · "
                        + Words.word("reviews.use.calls", it.calls()))
            .orElseGet(
                () ->
                    it.told() == 0
                        ? Words.word("reviews.use.unknown")
                        : Words.word("reviews.use.none", it.days()));
    String logs =
        it.told() == 0
            ? Words.word("reviews.use.nologs")
            : it.isComplete()
                ? Words.word("reviews.use.complete")
                : it.told() >= it.days()
                    ? Words.word("reviews.use.cached")
                    : Words.word("reviews.use.told", it.told(), it.days());
    return Html.div(
        "stack",
        new Span(calls),
        Html.span("note", Words.word("reviews.use.of." + it.of()) + " · " + logs));
  }

  static Div flags(ReviewLine line) {
    Div chips = Html.div("chips");
    for (Flag flag : line.flags()) {
      chips.add(
          Html.span(flag.needsReason() ? "chip soon" : "chip", Words.word("reviews.flag." + flag)));
    }
    return chips;
  }

  /** What was said of a line last. */
  static Component said(QueueLine line) {
    if (line.answer().isEmpty()) {
      return Html.span("mute", Words.word("reviews.unanswered"));
    }
    LineAnswer it = line.answer().get();
    boolean keeps = it.answer().filter(dev.grantway.review.Answer.KEEP::equals).isPresent();
    Div said =
        Html.div(
            "stack",
            Html.span(
                keeps ? "chip gained" : "chip lost",
                Words.word(keeps ? "reviews.kept" : "reviews.revoked")),
            Html.span("note", it.by() + " · " + Times.dayAndClock(it.at()) + taken(it)));
    if (!it.comment().isEmpty()) {
      said.add(Html.span("note", it.comment()));
    }
    return said;
  }

  private static String taken(LineAnswer it) {
    if (it.together() > 0) {
      return " · " + Words.word("reviews.together", it.together());
    }
    return it.taken()
        .map(
            time ->
                " · "
                    + (time.toSeconds() < SECONDS
                        ? Words.word("reviews.seconds", time.toSeconds())
                        : Words.word("reviews.minutes", time.toMinutes())))
        .orElse("");
  }
}
