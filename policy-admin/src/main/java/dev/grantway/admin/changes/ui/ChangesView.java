package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.ApprovalService;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.FailedTest;
import dev.grantway.admin.changes.GrantChange;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.PublishService;
import dev.grantway.admin.changes.ReplayService;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Voiced;
import dev.grantway.admin.common.ChangeList;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.TableDown;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.InForceStatus;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.NewsBadge;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The draft: what it changes, what that means, and publishing it. */
@Route(value = Place.PREFIX + ChangesNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ChangesView extends PlacedView {
  private final ChangesService changes;
  private final ApprovalService approvals;
  private final PublishService publishes;
  private final ReplayService replays;
  private final Operator operator;
  private final boolean drafts;
  private final Following following;
  private final Div said = Html.div("said");
  private final Div body = Html.div("section blocks");
  private final Typed typed = new Typed();
  private String wanted = "";
  private ReviewTab tab = ReviewTab.ALL;
  private Component form = new Div();

  ChangesView(
      ChangesService changes,
      ApprovalService approvals,
      PublishService publishes,
      ReplayService replays,
      ApiService apis,
      Operators operators) {
    super(apis);
    this.changes = changes;
    this.approvals = approvals;
    this.publishes = publishes;
    this.replays = replays;
    this.operator = operators.current();
    this.drafts = operator.may(Task.DRAFT);
    this.following = new Following(publishes, operator.name(), new Progress());
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    want(parameter(event, "draft"));
    tab = ReviewTab.named(parameter(event, "tab"));
    draftChanged();
  }

  @Override
  protected void draftChanged() {
    if (!following.tells()) {
      said.removeAll();
      show();
    }
  }

  /** Shows another draft; what was typed is for the one that it was typed for. */
  private void want(String draft) {
    if (!draft.equals(wanted)) {
      typed.clear();
    }
    wanted = draft;
  }

  private void show() {
    Review review = wanted.isEmpty() ? changes.review() : changes.review(wanted);
    boolean own = isOwn(review);
    boolean edited = own && isEdited(review);
    removeAll();
    add(
        head(review, own, edited),
        Html.div("facts", new InForceStatus(changes)),
        new NewsBadge("draft-news", () -> news(review.draft()), DraftChanged::tell),
        said,
        body);
    body.removeAll();
    boolean underWay = following.shows(id(review));
    List<DraftEntry> open = changes.drafts();
    if (!open.isEmpty()) {
      body.add(Html.section(Words.word("drafts.title"), list(open, review)));
    }
    if (!review.draft().disputes().isEmpty()) {
      body.add(new Disputes(review.draft(), drafts && edited, this::settle));
      return;
    }
    if (review.lines().isEmpty()) {
      body.add(
          Html.named(Html.div("panel empty", new Span(Words.word(empty(review)))), "draft-empty"));
      return;
    }
    body.add(tab.links(place(), wanted));
    add(ReviewTab.EDITS, edits(review, edited));
    add(ReviewTab.EFFECT, Effects.of(review));
    add(
        ReviewTab.EFFECT,
        new FindingList(review.findings(), () -> changes.knownFindings(review.draft())));
    if (tab.shows(ReviewTab.EFFECT)) {
      DraftState shown = review.draft();
      body.add(new ReplayList(replays.replay(shown), () -> replays.knownReplay(shown)));
    }
    if (tab.shows(ReviewTab.DOCUMENTS)) {
      body.add(new DocumentList(from -> changes.documents(id(review), from)));
    }
    if (!review.blocking().isEmpty()) {
      body.add(broken(review));
    }
    failing(review).forEach(body::add);
    add(ReviewTab.TESTS, tests(review));
    add(
        ReviewTab.CONVERSATION,
        Html.section(
            Words.word("conversation.title"),
            new Conversation(
                review,
                typed,
                operator.may(Task.PUBLISH_APPROVED),
                drafts,
                new Speaking(id(review)))));
    publishing(review, own)
        .ifPresent(
            form -> {
              form.setVisible(!underWay);
              body.add(form);
              this.form = form;
            });
  }

  private Optional<String> news(DraftState shown) {
    return shown
        .draft()
        .filter(draft -> changes.knownSteps(draft.id()) > DraftState.said(draft))
        .map(draft -> Words.word("news.draft"));
  }

  private void add(ReviewTab of, Component part) {
    if (tab.shows(of)) {
      body.add(part);
    }
  }

  /** Those that fail are named above, in every tab. */
  private static Component tests(Review review) {
    int failing = review.failing().size();
    String word =
        review.tests() == 0
            ? Words.word("review.tests.none")
            : Words.word("review.tests", review.tests(), review.tests() - failing, failing);
    return Html.named(
        Html.section(Words.word("review.tab.TESTS"), Html.div("panel", new Span(word))),
        "review-tests");
  }

  private String empty(Review review) {
    return wanted.isEmpty() || review.draft().draft().isPresent()
        ? "changes.empty"
        : "changes.ended";
  }

  /** Where no draft is shown, the next edit begins one of the operator's own. */
  private boolean isOwn(Review review) {
    return review.draft().draft().map(it -> it.owner().equals(operator.name())).orElse(true);
  }

  private static String id(Review review) {
    return review.draft().draft().map(Draft::id).orElse("");
  }

  private DraftList list(List<DraftEntry> open, Review review) {
    return new DraftList(
        open,
        id(review),
        draft -> ChangesNavigation.path(place(), draft.id()),
        draft -> {
          changes.choose(draft.id());
          want(draft.id());
          DraftChanged.tell();
        });
  }

  /** What stands between the draft and its publication, or the form for it. */
  private Optional<Component> publishing(Review review, boolean own) {
    boolean may =
        operator.may(Task.PUBLISH_APPROVED) || (own && review.agreement().required() == 0);
    if (!review.blocking().isEmpty() || !drafts) {
      return Optional.empty();
    }
    if (review.schedule().isPresent()) {
      return Optional.of(scheduled(review));
    }
    return may || review.agreement().missing() > 0
        ? Optional.of(
            new PublishForm(review, typed, operator.may(Task.CHANGE_RULES), new Acting(review)))
        : Optional.of(notice("wait", "approvals", Words.word("publish.by-approver")));
  }

  private Div scheduled(Review review) {
    DraftStep.Schedule it = review.schedule().orElseThrow();
    Div notice =
        notice(
            "wait",
            "scheduled",
            Words.word("publish.scheduled", Times.dayAndClock(it.when()), it.by(), it.reason()));
    var back =
        new Button(
            Words.word("publish.unschedule"), click -> heard(publishes.unschedule(id(review))));
    back.addThemeVariants(ButtonVariant.TERTIARY);
    notice.add(Html.div("acts", Html.named(back, "unschedule")));
    return notice;
  }

  private final class Speaking implements Conversation.Says {
    private final String id;

    Speaking(String id) {
      this.id = id;
    }

    @Override
    public void approve(String hash) {
      heard(approvals.approve(id, hash));
    }

    @Override
    public void reject(String hash, String comment) {
      spoken(approvals.reject(id, hash, comment));
    }

    @Override
    public void comment(String text) {
      spoken(approvals.comment(id, text));
    }

    private void spoken(Voiced voiced) {
      if (voiced instanceof Voiced.Done) {
        typed.comment().clear();
      }
      heard(voiced);
    }
  }

  private final class Acting implements PublishForm.Acts {
    private final Review review;

    Acting(Review review) {
      this.review = review;
    }

    @Override
    public void publish(String hash, String why) {
      following.await(id(review), publishes.begin(id(review), hash, why), why);
    }

    @Override
    public void schedule(String hash, Instant when, String why) {
      Voiced voiced = publishes.schedule(id(review), hash, when, why);
      if (voiced instanceof Voiced.Done) {
        typed.when().clear();
      }
      heard(voiced);
    }

    @Override
    public void breakGlass(String hash, String why) {
      following.await(id(review), publishes.beginBreakGlass(id(review), hash, why), why);
    }
  }

  private void heard(Voiced voiced) {
    switch (voiced) {
      case Voiced.Done done -> DraftChanged.tell();
      case Voiced.Moved moved -> {
        DraftChanged.tell();
        say("wait", "moved", Words.word("say.moved"), Words.word("say.moved.text"));
      }
      case Voiced.Refused refused -> refused(refused.says());
    }
  }

  private void askForName() {
    var dialog = new Dialog();
    dialog.setHeaderTitle(Words.word("drafts.new"));
    var name = Html.named(new TextField(Words.word("field.name")), "draft-name");
    name.setMaxLength(DraftEntry.MAX_NAME);
    name.setRequiredIndicatorVisible(true);
    dialog.add(Html.div("form", name));
    var cancel = new Button(Words.word("cancel"), click -> dialog.close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var begin =
        Html.named(
            new Button(
                Words.word("drafts.begin"),
                click -> {
                  name.setInvalid(name.getValue().isBlank());
                  if (!name.isInvalid()) {
                    dialog.close();
                    want(changes.begin(name.getValue()).id());
                    DraftChanged.tell();
                  }
                }),
            "begin-draft");
    begin.addThemeVariants(ButtonVariant.PRIMARY);
    dialog.getFooter().add(cancel, begin);
    dialog.open();
  }

  private Div head(Review review, boolean own, boolean edited) {
    String sub =
        review
            .draft()
            .draft()
            .map(
                draft ->
                    Words.word(
                        "changes.sub",
                        review.draft().count(),
                        draft.name(),
                        draft.owner(),
                        Long.toString(draft.base()),
                        review.draft().hash().substring(0, 8)))
            .orElse(Words.word("changes.sub.none"));
    var undo = Html.named(new Button(Words.word("tray.undo")), "undo");
    undo.setVisible(drafts && edited && review.draft().canUndo());
    undo.addThemeVariants(ButtonVariant.TERTIARY);
    undo.addClickListener(
        click -> {
          changes.undo();
          DraftChanged.tell();
        });
    var redo = Html.named(new Button(Words.word("changes.redo")), "redo");
    redo.setVisible(drafts && edited && review.draft().canRedo());
    redo.addThemeVariants(ButtonVariant.TERTIARY);
    redo.addClickListener(
        click -> {
          changes.redo();
          DraftChanged.tell();
        });
    var discard = Html.named(new Button(Words.word("changes.discard")), "discard");
    discard.setVisible(drafts && own && review.draft().draft().isPresent());
    discard.addThemeVariants(ButtonVariant.TERTIARY);
    discard.addClickListener(click -> askToDiscard(id(review), review.draft().count()));
    var begin = Html.named(new Button(Words.word("drafts.new")), "new-draft");
    begin.setVisible(drafts);
    begin.addThemeVariants(ButtonVariant.TERTIARY);
    begin.addClickListener(click -> askForName());
    return Html.head(
        new H1(Words.word("changes.title")), Html.span("sub", sub), undo, redo, discard, begin);
  }

  /** Undo and redo are about the draft that edits go to. */
  private boolean isEdited(Review review) {
    return changes.draft().draft().map(it -> it.id().equals(id(review))).orElse(false);
  }

  private void askToDiscard(String id, int count) {
    var ask =
        new ConfirmDialog(
            Words.word("discard.title", count),
            Words.word("discard.text"),
            Words.word("discard.yes"),
            yes -> {
              changes.discard(id, AsSeen.WHATEVER);
              want("");
              typed.clear();
              DraftChanged.tell();
            });
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    ask.setConfirmButtonTheme("primary danger");
    ask.open();
  }

  private Component edits(Review review, boolean edited) {
    var list = new ChangeList(review.lines(), line -> restore(line, edited));
    list.addClassNames("panel", "flush");
    Html.named(list, "edits");
    return Html.section(Words.word("changes.edits"), list);
  }

  private Component restore(ChangeLine line, boolean may) {
    if (!drafts || !may) {
      return new Span();
    }
    var restore = new Button(Words.word("changes.restore"));
    restore.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    restore.setAriaLabel(Words.word("changes.restore.label", line.name()));
    restore.addClickListener(
        click -> {
          switch (changes.restore(line.key())) {
            case Staged.Done done -> DraftChanged.tell();
            case Staged.Refused refused -> refused(refused.says());
          }
        });
    return Html.named(restore, "restore " + line.name());
  }

  private void settle(Disputes.Choice choice) {
    changes.settle(choice.key(), choice.mine());
    DraftChanged.tell();
  }

  private final class Progress implements Following.Page {
    @Override
    public void progress(PublishProgress progress) {
      form.setVisible(false);
      say(progress);
    }

    @Override
    public void over() {
      said.removeAll();
      form.setVisible(true);
    }

    @Override
    public void came(Outcome outcome, String why) {
      published(outcome, why);
    }

    @Override
    public void othersEnded() {
      DraftChanged.tell();
    }
  }

  private void published(Outcome outcome, String why) {
    if (outcome instanceof Outcome.Published) {
      typed.clear();
    } else {
      typed.reason().setValue(why);
    }
    switch (outcome) {
      case Outcome.Published published -> {
        wanted = "";
        DraftChanged.tell();
        say(
            "good",
            "published",
            Words.word("publish.done", Long.toString(published.revision().number())),
            Words.word("publish.done.text"));
      }
      case Outcome.Moved moved -> {
        DraftChanged.tell();
        if (moved.draft().disputes().isEmpty()) {
          say("wait", "moved", Words.word("publish.moved"), Words.word("publish.moved.text"));
        }
      }
      case Outcome.Refused refused -> refused(refused.says());
      case Outcome.TableDown down ->
          say(
              "bad",
              "not-applied",
              Words.word("plain.table.title"),
              TableDown.stillInForce(down.stillInForce()));
      case Outcome.Unknown unknown ->
          say(
              "bad",
              "outcome-unknown",
              Words.word("publish.unknown", Long.toString(unknown.number())),
              Words.word("publish.unknown.text"));
    }
  }

  private void refused(List<Sentence> why) {
    say("bad", "refused", Words.word("publish.refused"), Words.all(why));
  }

  private void say(String tone, String testId, String title, String text) {
    Div notice = notice(tone, testId, text);
    notice.addComponentAsFirst(new H2(title));
    say(notice);
  }

  /** What was pressed may stand far below a long review: what comes of it is brought into view. */
  private void say(Component what) {
    said.removeAll();
    said.add(what);
    said.scrollIntoView();
  }

  private static Div broken(Review review) {
    Div notice = notice("bad", "broken", Words.word("publish.broken"));
    review.blocking().forEach(it -> notice.add(new Div(Words.all(List.of(it)))));
    return notice;
  }

  /** Tests that hold the draft up, and those that fail anyhow. */
  private static List<Div> failing(Review review) {
    return Stream.of(false, true)
        .flatMap(
            before -> {
              List<FailedTest> tests =
                  review.failing().stream().filter(test -> test.before() == before).toList();
              return tests.isEmpty() ? Stream.empty() : Stream.of(failing(tests, before));
            })
        .toList();
  }

  private static Div failing(List<FailedTest> tests, boolean before) {
    Div notice =
        before
            ? notice("wait", "failing-before", Words.word("publish.failing.before"))
            : notice("bad", "failing", Words.word("publish.failing"));
    tests.forEach(
        test -> notice.add(new Div(Words.word("publish.failing.test", test.name(), test.why()))));
    return notice;
  }

  private static Div notice(String tone, String testId, String text) {
    Div notice = Html.named(Html.div("notice " + tone, new Span(text)), testId);
    notice.getElement().setAttribute("role", tone.equals("bad") ? "alert" : "status");
    return notice;
  }

  @Override
  protected String title() {
    return Words.word("changes.title");
  }

  /** Counts for the head of the effects. */
  static String counts(Review review) {
    return Words.word(
        "effects.counts",
        review.count(GrantChange.Kind.GAINED),
        review.count(GrantChange.Kind.LOST),
        review.count(GrantChange.Kind.CHANGED));
  }
}
