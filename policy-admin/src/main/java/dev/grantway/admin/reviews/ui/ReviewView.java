package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.AnswerInput;
import dev.grantway.admin.reviews.Answered;
import dev.grantway.admin.reviews.CampaignState;
import dev.grantway.admin.reviews.ClosePlan;
import dev.grantway.admin.reviews.CloseResult;
import dev.grantway.admin.reviews.ClosingService;
import dev.grantway.admin.reviews.Queue;
import dev.grantway.admin.reviews.QueueFilter;
import dev.grantway.admin.reviews.QueueLine;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.ReviewsNavigation;
import dev.grantway.admin.reviews.Standing;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.shell.StagedNotice;
import dev.grantway.review.Answer;
import dev.grantway.review.Barred;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one access review: a line at a time with K, R and U, or by its buttons. How long a
 * line took counts from when it was shown or, if that is later, from the answer before.
 */
@Route(value = Place.PREFIX + ReviewsNavigation.VIEW + "/:review", layout = MainLayout.class)
@PermitAll
class ReviewView extends PlacedView {
  private static final int PAGE = 50;

  private final ReviewService reviews;
  private final ClosingService closing;
  private final Clock clock;
  private final boolean downloads;
  private final StagedNotice problem = new StagedNotice();
  private final Span heard = Html.span("sr", "");
  private final Div facts = Html.div("facts");
  private final Div list = Html.div("panel flush");
  private final Checkbox open = new Checkbox(Words.word("reviews.filter.open"));
  private final Checkbox flagged = new Checkbox(Words.word("reviews.filter.flagged"));
  private final Checkbox mine = new Checkbox(Words.word("reviews.filter.mine"));
  private final Button together = new Button();
  private final Map<Integer, Shown> shown = new LinkedHashMap<>();
  private @Nullable CampaignState state;
  private @Nullable Standing standing;
  private Instant answered = Instant.MIN;

  /** A line in the list, since when. */
  private record Shown(NativeTableRow row, QueueLine line, Instant at) {}

  ReviewView(
      ReviewService reviews,
      ClosingService closing,
      ApiService apis,
      Operators operators,
      Clock clock) {
    super(apis);
    this.downloads = operators.current().may(Task.EVIDENCE);
    this.reviews = reviews;
    this.closing = closing;
    this.clock = clock;
    heard.getElement().setAttribute("role", "status").setAttribute("aria-live", "polite");
    Html.named(heard, "review-heard");
    Html.named(facts, "review-facts");
    Html.named(open, "filter-open");
    Html.named(flagged, "filter-flagged");
    Html.named(mine, "filter-mine");
    for (Checkbox box : List.of(open, flagged, mine)) {
      box.addValueChangeListener(
          change -> {
            if (change.isFromClient()) {
              remember(path());
              show();
            }
          });
    }
    Html.named(together, "keep-together");
    together.addThemeVariants(ButtonVariant.TERTIARY);
    together.addClickListener(click -> keepTogether());
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("review").orElse("");
    state = read(id);
    String asked = parameter(event, "show");
    open.setValue(asked.contains("open"));
    flagged.setValue(asked.contains("flagged"));
    mine.setValue(asked.contains("mine"));
    removeAll();
    add(head());
    campaign()
        .closed()
        .ifPresent(it -> add(new ClosedPart(place(), this.it().id(), it, closing, downloads)));
    add(facts, uncovered(), problem, heard, tools(), list);
    show();
  }

  private CampaignState read(String id) {
    return reviews.campaign(id).orElseThrow(() -> new NotFoundException("no access review " + id));
  }

  private CampaignState campaign() {
    return Optional.ofNullable(state).orElseThrow();
  }

  private Campaign it() {
    return campaign().campaign();
  }

  /** No draft changes what is reviewed. */
  @Override
  protected void draftChanged() {}

  private String path() {
    var asked = new ArrayList<String>();
    if (open.getValue()) {
      asked.add("open");
    }
    if (flagged.getValue()) {
      asked.add("flagged");
    }
    if (mine.getValue()) {
      asked.add("mine");
    }
    return ReviewsNavigation.campaign(place(), it().id())
        + (asked.isEmpty() ? "" : "?show=" + String.join(",", asked));
  }

  private Div head() {
    var title = new H1(it().name());
    Html.named(title, "review-title");
    Div head =
        Html.head(
            title,
            Html.span(
                "sub",
                Words.word(
                    "reviews.about",
                    it().by(),
                    Times.dayAndClock(it().at()),
                    Long.toString(it().revision()),
                    Times.dayAndClock(it().due()),
                    Words.word(
                        "reviews.otherwise."
                            + (it().otherwise() == Answer.KEEP ? "keep" : "revoke")),
                    String.join(", ", it().reviewers()))));
    if (campaign().mayClose() && campaign().closed().isEmpty()) {
      var close =
          Html.named(
              new Button(
                  Words.word(campaign().isOpen() ? "reviews.close" : "reviews.close.again"),
                  click -> askToClose()),
              "close-review");
      close.addThemeVariants(ButtonVariant.PRIMARY);
      head.add(Html.div("acts", close));
    }
    return head;
  }

  private Div uncovered() {
    Div notice = Html.div("notice");
    notice.setText(Words.word("reviews.uncovered", it().uncovered()));
    notice.setVisible(it().uncovered() > 0 && campaign().isOpen());
    return Html.named(notice, "review-uncovered");
  }

  private Div tools() {
    Div tools = Html.div("acts", open, flagged, mine, together);
    mine.setVisible(campaign().mine());
    together.setVisible(false);
    if (campaign().mine() && campaign().isOpen()) {
      tools.add(Html.span("note", Words.word("reviews.keys")));
    }
    return tools;
  }

  private QueueFilter filter() {
    return new QueueFilter(open.getValue(), flagged.getValue(), mine.getValue());
  }

  private void show() {
    problem.clear();
    list.removeAll();
    shown.clear();
    standing();
    more(1);
    if (shown.isEmpty() && list.getComponentCount() == 0) {
      list.add(Html.div("empty", new Span(Words.word("reviews.filtered"))));
    }
  }

  private void standing() {
    Standing now = reviews.standing(it().id()).orElseThrow();
    standing = now;
    facts.removeAll();
    facts.add(
        Parts.stage(campaign().stage(clock.instant())),
        new Span(Words.word("reviews.progress", now.lines() - now.open(), now.lines())),
        new Span(Words.word("reviews.progress.kept", now.kept())),
        new Span(Words.word("reviews.progress.revoked", now.revoked())),
        new Span(Words.word("reviews.progress.flagged", it().flagged())));
  }

  /** How many lines nobody had answered when that was last shown. */
  private int open() {
    Standing last = standing;
    return last == null ? 0 : last.open();
  }

  private void more(int from) {
    Queue page = reviews.queue(it().id(), filter(), from, PAGE).orElseThrow();
    if (!page.lines().isEmpty()) {
      NativeTable table =
          Html.table(
              it().name(),
              List.of(
                  Words.word("reviews.number"),
                  Words.word("reviews.what"),
                  Words.word("reviews.use"),
                  Words.word("reviews.granted"),
                  Words.word("reviews.flags"),
                  Words.word("reviews.answer"),
                  ""));
      table.addClassName("queue");
      Instant now = clock.instant();
      for (QueueLine line : page.lines()) {
        NativeTableRow row = table.getBody().addRow();
        shown.put(line.line().number(), new Shown(row, line, now));
        fill(row, line);
      }
      list.add(table);
    }
    if (page.next() > 0) {
      var more = Html.named(new Button(Words.word("more")), "more");
      more.addThemeVariants(ButtonVariant.TERTIARY);
      Div foot = Html.div("more acts", more);
      more.addClickListener(
          click -> {
            list.remove(foot);
            more(page.next());
          });
      list.add(foot);
    }
    countTogether();
  }

  private void fill(NativeTableRow row, QueueLine line) {
    row.removeAll();
    int number = line.line().number();
    Html.named(row, "line " + number);
    row.getElement().setAttribute("data-keys", "").setAttribute("tabindex", "0");
    Html.labelled(row, label(line));
    Html.cell(row, "num", new Span(Integer.toString(number)));
    Html.cell(row, "wide", Parts.what(line));
    Html.cell(row, "", Parts.use(line.line()));
    Html.cell(row, "", Parts.granted(line.line()));
    Html.cell(row, "", Parts.flags(line.line()));
    Html.cell(row, "", Parts.said(line));
    Html.cell(row, "end", actions(line));
  }

  private static String label(QueueLine line) {
    return Words.word(
        line.line().isFlagged() ? "reviews.line.flagged" : "reviews.line",
        line.line().number(),
        line.line().row().key().text());
  }

  private Div actions(QueueLine line) {
    Div acts = Html.div("acts");
    if (!campaign().mine() || !campaign().isOpen()) {
      return acts;
    }
    if (line.barred().isPresent()) {
      boolean own = line.barred().get() == Barred.OWN;
      acts.add(
          Html.span("note", Words.word(own ? "reviews.barred.own" : "reviews.barred.granted")));
      return acts;
    }
    acts.add(action("keep", "k", line, () -> keep(line)));
    acts.add(action("revoke", "r", line, () -> answer(line, Answer.REVOKE, "")));
    if (line.answer().isPresent()) {
      acts.add(action("undo", "u", line, () -> answer(line, null, "")));
    }
    return acts;
  }

  private static Button action(String what, String key, QueueLine line, Runnable done) {
    int number = line.line().number();
    var button = new Button(Words.word("reviews." + what), click -> done.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("reviews." + what + ".label", number));
    button.getElement().setAttribute("data-key", key);
    return Html.named(button, what + " " + number);
  }

  private void keep(QueueLine line) {
    if (line.line().isFlagged()) {
      new ReasonDialog(line.line().number(), reason -> answer(line, Answer.KEEP, reason)).open();
    } else {
      answer(line, Answer.KEEP, "");
    }
  }

  private void answer(QueueLine line, @Nullable Answer answer, String comment) {
    int number = line.line().number();
    Shown at = shown.get(number);
    Instant opened = at == null || at.at().isBefore(answered) ? answered : at.at();
    Answered result =
        reviews.answer(
            it().id(),
            new AnswerInput(
                number, line.said(), answer, comment, opened.equals(Instant.MIN) ? null : opened));
    if (heard(result)) {
      answered = clock.instant();
      String said = answer == null ? "undone" : answer == Answer.KEEP ? "kept" : "revoked";
      heard.setText(Words.word("reviews.heard." + said, number, open()));
      if (answer != null) {
        focusAfter(number);
      } else {
        focus(number);
      }
    }
  }

  /** Whether answers were stored; what the lines are now is shown in any case. */
  private boolean heard(Answered result) {
    problem.clear();
    return switch (result) {
      case Answered.Done(List<QueueLine> lines) -> {
        lines.forEach(this::shows);
        standing();
        countTogether();
        yield true;
      }
      case Answered.Overtaken(List<QueueLine> lines) -> {
        lines.forEach(this::shows);
        standing();
        problem.refused(List.of(Sentence.of("reviews.overtaken", lines.size())));
        yield false;
      }
      case Answered.Refused(Objection why) -> {
        problem.refused(List.of(why.says()));
        yield false;
      }
    };
  }

  private void shows(QueueLine line) {
    Shown before = shown.get(line.line().number());
    if (before != null) {
      shown.put(line.line().number(), new Shown(before.row(), line, before.at()));
      fill(before.row(), line);
    }
  }

  /** To the next line that nobody answered and that may be answered here, or stays. */
  private void focusAfter(int number) {
    shown.values().stream()
        .map(Shown::line)
        .filter(it -> it.line().number() > number)
        .filter(it -> it.answer().isEmpty() && it.barred().isEmpty())
        .map(it -> it.line().number())
        .findFirst()
        .ifPresentOrElse(this::focus, () -> focus(number));
  }

  private void focus(int number) {
    Shown at = shown.get(number);
    if (at != null) {
      at.row().getElement().callJsFunction("focus");
    }
  }

  private List<Integer> unflagged() {
    return shown.values().stream()
        .map(Shown::line)
        .filter(it -> it.answer().isEmpty() && it.barred().isEmpty() && !it.line().isFlagged())
        .map(it -> it.line().number())
        .limit(PAGE)
        .toList();
  }

  private void countTogether() {
    int count = unflagged().size();
    together.setText(Words.word("reviews.together.open", count));
    together.setVisible(campaign().mine() && campaign().isOpen() && count > 1);
  }

  private void keepTogether() {
    List<Integer> lines = unflagged();
    new TogetherDialog(
            lines.size(),
            counted -> {
              if (heard(reviews.keepTogether(it().id(), lines, counted))) {
                heard.setText(Words.word("reviews.heard.together", lines.size(), open()));
              }
            })
        .open();
  }

  private void askToClose() {
    ClosePlan plan = closing.plan(it().id()).orElseThrow();
    new CloseDialog(plan, !campaign().isOpen(), () -> close(plan)).open();
  }

  private void close(ClosePlan plan) {
    switch (closing.close(it().id(), AsSeen.oneOf(List.of(plan.state())))) {
      case CloseResult.Done(Closed _) -> getUI().ifPresent(ui -> ui.getPage().reload());
      case CloseResult.Refused(List<Objection> why) ->
          problem.refused(why.stream().map(Objection::says).toList());
    }
  }

  @Override
  protected String title() {
    return Words.word("reviews.title");
  }
}
