package dev.grantway.admin.revocations.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Polling;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.revocations.RevocationBoard;
import dev.grantway.admin.revocations.RevocationInput;
import dev.grantway.admin.revocations.RevocationInput.Field;
import dev.grantway.admin.revocations.RevocationLine;
import dev.grantway.admin.revocations.RevocationService;
import dev.grantway.admin.revocations.RevocationService.Wish;
import dev.grantway.admin.revocations.RevocationsNavigation;
import dev.grantway.admin.revocations.Revoked;
import dev.grantway.admin.revocations.Window;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is refused before its time, and the one act of the app that is live at once. */
@Route(value = Place.PREFIX + RevocationsNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class RevocationsView extends PlacedView {
  private final RevocationService revocations;
  private final Clock clock;
  private final boolean revokes;
  private final Div said = Html.div("said");
  private final Div list = Html.div("panel flush");
  private final Map<Span, Instant> spreading = new LinkedHashMap<>();
  private @Nullable RevokeForm form;
  private @Nullable Registration polls;

  RevocationsView(
      RevocationService revocations, ApiService apis, Operators operators, Clock clock) {
    super(apis);
    this.revocations = revocations;
    this.clock = clock;
    this.revokes = operators.current().may(Task.REVOKE);
    said.getElement().setAttribute("role", "status");
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    said.removeAll();
    RevocationBoard board = revocations.board();
    add(
        Html.head(
            new H1(Words.word("revocations.title")),
            Html.span("sub", Words.word("revocations.sub"))));
    if (revokes) {
      var fresh =
          new RevokeForm(
              board.lines().stream().map(RevocationLine::issuer).distinct().sorted().toList(),
              this::ask);
      form = fresh;
      add(
          Html.section(
              Words.word("revocation.now"),
              Html.named(Html.span("mute", window(board.window())), "revoke-window"),
              fresh));
    }
    add(said, Html.section(Words.word("revocations.live"), list));
    show(board);
  }

  private static String window(Window it) {
    String text =
        Words.word(
            it.lagging() ? "revocations.window.lagging" : "revocations.window",
            Long.toString(it.authorizers().toSeconds()),
            Long.toString(it.caches().toSeconds()),
            Long.toString(it.whole().toSeconds()));
    return it.connections().isEmpty()
        ? text
        : text + " " + Words.word("revocations.connections", String.join(", ", it.connections()));
  }

  private void ask(RevocationInput input) {
    RevokeForm asking = form;
    if (asking == null) {
      return;
    }
    switch (revocations.read(input)) {
      case Reading.Problems<Wish, Field>(var problems) -> asking.refuse(problems);
      case Reading.Read<Wish, Field>(Wish wish) -> {
        asking.refuse(Map.of());
        confirm(input, wish);
      }
    }
  }

  /** Says what is refused where, and by when at the latest, before it is done. */
  private void confirm(RevocationInput input, Wish wish) {
    Window window = revocations.board().window();
    String what = Words.word("revocation." + input.kind());
    var ask =
        new ConfirmDialog(
            Words.word("revocation.confirm.title", what, wish.value(), wish.issuer()),
            Words.word("revocation.help." + input.kind())
                + " "
                + Words.word(
                    "revocation.confirm.text",
                    window.stages(),
                    Times.dayAndClock(wish.until()),
                    Times.clock(clock.instant().plus(window.whole())))
                + " "
                + window(window),
            Words.word("revocation.confirm.yes", what),
            yes -> revoke(wish));
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    ask.setConfirmButtonTheme("primary danger");
    Html.named(ask, "revoke-confirm").open();
  }

  private void revoke(Wish wish) {
    said.removeAll();
    switch (revocations.revokeNow(wish)) {
      case Revoked.Done(RevocationLine line) -> {
        if (form != null) {
          form.clear();
        }
        said.add(receipt(line));
        show(revocations.board());
      }
      case Revoked.TooLate() ->
          said.add(
              Html.named(
                  Html.div("notice bad", new Span(Words.word("revocation.toolate"))),
                  "revoke-toolate"));
      case Revoked.Unknown() ->
          said.add(
              Html.named(
                  Html.div(
                      "notice bad",
                      new H2(Words.word("revocation.unknown")),
                      new Span(Words.word("revocation.unknown.text"))),
                  "revoke-unknown"));
    }
  }

  private Div receipt(RevocationLine line) {
    Div receipt =
        Html.div(
            "notice good",
            new H2(
                Words.word(
                    "revocation.done",
                    Words.word("revocation." + line.kind()),
                    line.value(),
                    line.issuer())),
            new Span(
                Words.word(
                    "revocation.done.text",
                    Times.dayAndClock(line.at()),
                    line.by(),
                    Times.dayAndClock(line.until()))),
            inForce(line));
    return Html.named(receipt, "revoked");
  }

  private void show(RevocationBoard board) {
    list.removeAll();
    spreading.keySet().removeIf(span -> !span.isAttached());
    if (board.lines().isEmpty()) {
      list.add(Html.div("empty", new Span(Words.word("revocations.empty"))));
    } else {
      list.add(table(board.lines()));
    }
    if (board.past() > 0) {
      list.add(Html.div("more note", new Span(Words.word("revocations.past", board.past()))));
    }
    tell();
  }

  private NativeTable table(List<RevocationLine> lines) {
    NativeTable table =
        Html.table(
            Words.word("revocations.live"),
            List.of(
                Words.word("revocations.what"),
                Words.word("field.issuer"),
                Words.word("revocations.when"),
                Words.word("field.until"),
                Words.word("revocations.force"),
                ""));
    lines.forEach(line -> row(table.getBody().addRow(), line));
    return table;
  }

  private void row(NativeTableRow row, RevocationLine line) {
    Html.named(row, "revocation " + line.value());
    Html.cell(
        row,
        "wide",
        Html.span("mute", Words.word("revocation." + line.kind())),
        new Span(" "),
        Html.mono(line.value()),
        Html.div("note", new Span(line.reason())));
    Html.cell(row, "nowrap", Html.mono(line.issuer()));
    Html.cell(
        row, "", new Span(Words.word("revocations.by", Times.dayAndClock(line.at()), line.by())));
    Html.cell(row, "nowrap", new Span(Times.dayAndClock(line.until())));
    Html.cell(row, "", inForce(line));
    Html.cell(row, "end", revokes ? lift(line) : new Span());
  }

  /** Turns into "in force" by itself; nothing is asked for it. */
  private Span inForce(RevocationLine line) {
    Span mark = Html.span("in-force", "");
    spreading.put(mark, line.inForceBy());
    say(mark, line.inForceBy(), clock.instant());
    return mark;
  }

  private static boolean say(Span mark, Instant by, Instant now) {
    boolean done = !now.isBefore(by);
    mark.setText(
        Words.word(done ? "revocations.force.done" : "revocations.force.by", Times.clock(by)));
    mark.getElement().setAttribute("data-phase", done ? "IN_FORCE" : "SPREADING");
    return done;
  }

  private void tell() {
    Instant now = clock.instant();
    spreading.entrySet().removeIf(it -> say(it.getKey(), it.getValue(), now));
    getUI().ifPresent(ui -> Polling.of(ui, this, !spreading.isEmpty()));
  }

  private Component lift(RevocationLine line) {
    var button = new Button(Words.word("revocation.lift"), click -> askLift(line));
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(Words.word("revocation.lift.label", line.value()));
    return Html.named(button, "lift " + line.value());
  }

  private void askLift(RevocationLine line) {
    new LiftDialog(
            line.value(),
            why -> {
              said.removeAll();
              revocations.lift(line, why);
              show(revocations.board());
            })
        .open();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    UI ui = event.getUI();
    polls = ui.addPollListener(poll -> tell());
    Polling.of(ui, this, !spreading.isEmpty());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    if (polls != null) {
      polls.remove();
    }
    Polling.of(event.getUI(), this, false);
  }

  /** Nothing here is a draft's. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("revocations.title");
  }
}
