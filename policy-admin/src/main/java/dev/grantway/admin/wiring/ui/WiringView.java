package dev.grantway.admin.wiring.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.transfer.ImportNavigation;
import dev.grantway.admin.wiring.WiringNavigation;
import dev.grantway.admin.wiring.WiringPage;
import dev.grantway.admin.wiring.WiringPage.Connected;
import dev.grantway.admin.wiring.WiringPage.Look;
import dev.grantway.admin.wiring.WiringService;
import dev.grantway.resource.ApiType;
import dev.grantway.wiring.WiringFacts;
import dev.grantway.wiring.WiringFacts.RouteFact;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the deployed API asks its authorizer, what is wrong with that, and the exact change. */
@Route(value = Place.PREFIX + WiringNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class WiringView extends PlacedView {
  private final WiringService wiring;
  private final Div said = new Div();
  private final Div body = Html.div("section blocks");

  WiringView(WiringService wiring, ApiService apis) {
    super(apis);
    this.wiring = wiring;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    said.removeAll();
    removeAll();
    add(
        Html.head(new H1(Words.word("wiring.title")), Html.span("sub", Words.word("wiring.sub"))),
        said,
        body);
    show(wiring.page(api(), place().stage()));
  }

  private void show(WiringPage page) {
    body.removeAll();
    if (page.connected().isEmpty()) {
      body.add(
          Html.named(
              Html.div(
                  "panel empty",
                  new Span(Words.word(page.mayConnect() ? "wiring.none" : "wiring.none.owner"))),
              "wiring-none"));
      if (page.mayConnect()) {
        body.add(form(Optional.empty()));
      }
      return;
    }
    Connected connected = page.connected().get();
    body.add(state(page, connected));
    page.look().ifPresent(this::look);
    if (page.mayConnect()) {
      body.add(Html.section(Words.word("wiring.otherwise"), form(Optional.of(connected))));
    }
  }

  private ConnectForm form(Optional<Connected> connected) {
    return new ConnectForm(
        connected,
        input -> wiring.connect(api(), place().stage(), input),
        page -> {
          said.removeAll();
          show(page);
        });
  }

  // ----------------------------------------------------------------- state

  private Div state(WiringPage page, Connected connected) {
    Div panel = Html.div("panel wiring-state");
    page.look()
        .ifPresentOrElse(
            look -> panel.add(word(look)),
            () -> panel.add(Html.span("mute", Words.word("wiring.unlooked"))));
    panel.add(
        Html.div(
            "facts mute",
            new Span(
                Words.word(
                    "wiring.connected",
                    connected.by(),
                    Times.dayAndClock(connected.at()),
                    connected.region().isEmpty()
                        ? Words.word("wiring.region.own")
                        : connected.region())),
            new Span(
                page.every().isZero()
                    ? Words.word("wiring.every.never")
                    : Words.word("wiring.every", page.every().toSeconds()))),
        acts(page));
    return Html.named(panel, "wiring-state");
  }

  private static Div word(Look look) {
    if (!look.problem().isEmpty()) {
      Div notice =
          Html.div(
              "notice bad",
              new Span(Words.word("wiring.unread", Times.dayAndClock(look.at()), look.problem())),
              new Span(
                  look.facts().byName().isEmpty()
                      ? Words.word("wiring.unread.never")
                      : Words.word("wiring.unread.since", Times.dayAndClock(look.read()))));
      notice.getElement().setAttribute("role", "alert");
      return Html.named(notice, "wiring-unread");
    }
    if (look.old()) {
      return Html.named(
          Html.div("notice bad", new Span(Words.word("wiring.old", Times.dayAndClock(look.at())))),
          "wiring-old");
    }
    return Html.named(
        Html.div(
            "fact",
            look.isWell() ? Html.span("mark done", "✓") : Html.span("mark bad", "!"),
            new Span(
                look.isWell()
                    ? Words.word("wiring.well", Times.dayAndClock(look.at()))
                    : Words.word(
                        "wiring.wrong",
                        look.found().stream().filter(FoundPanel::asks).count(),
                        Times.dayAndClock(look.at())))),
        "wiring-word");
  }

  private Div acts(WiringPage page) {
    var acts = new ArrayList<Component>();
    if (page.mayCheck()) {
      var check = new Button(Words.word("wiring.check"), click -> check());
      check.addThemeVariants(ButtonVariant.PRIMARY);
      check.setDisableOnClick(true);
      acts.add(Html.named(check, "wiring-check"));
    }
    page.look()
        .filter(look -> page.mayConnect() && look.drifted())
        .ifPresent(
            look ->
                acts.add(
                    Html.named(
                        new Button(Words.word("wiring.accept"), click -> accept(look.state())),
                        "wiring-accept")));
    if (page.mayCheck() && api().type() != ApiType.WEBSOCKET) {
      acts.add(Html.link(ImportNavigation.path(place()), "link", Words.word("wiring.import")));
    }
    if (page.mayConnect()) {
      acts.add(
          Html.named(
              new Button(Words.word("wiring.disconnect"), click -> disconnect()),
              "wiring-disconnect"));
    }
    return Html.div("acts", acts.toArray(new Component[0]));
  }

  private void check() {
    said.removeAll();
    wiring
        .check(api(), place().stage())
        .ifPresentOrElse(this::show, () -> show(wiring.page(api(), place().stage())));
  }

  private void accept(String seen) {
    said.removeAll();
    wiring
        .accept(api(), place().stage(), AsSeen.oneOf(List.of(seen)))
        .ifPresent(
            why ->
                said.add(
                    Html.named(
                        Html.div("notice bad", new Span(Words.all(List.of(why.why())))),
                        "refused")));
    show(wiring.page(api(), place().stage()));
  }

  private void disconnect() {
    var dialog =
        new ConfirmDialog(
            Words.word("wiring.disconnect.title"),
            Words.word("wiring.disconnect.text"),
            Words.word("wiring.disconnect"),
            yes -> {
              wiring.disconnect(api().id(), place().stage());
              show(wiring.page(api(), place().stage()));
            });
    dialog.setCancelable(true);
    dialog.setCancelText(Words.word("cancel"));
    dialog.open();
  }

  // ------------------------------------------------------------------ look

  private void look(Look look) {
    if (!look.found().isEmpty()) {
      Div list = Html.div("wiring-list");
      look.found().forEach(found -> list.add(new FoundPanel(found)));
      body.add(Html.section(Words.word("wiring.found", look.found().size()), list));
    }
    if (look.facts().byName().isEmpty()) {
      return;
    }
    body.add(Html.section(Words.word("wiring.attached"), attached(look.facts())));
    List<RouteFact> routes = look.facts().routes();
    if (!routes.isEmpty()) {
      body.add(Html.section(Words.word("wiring.routes", routes.size()), routes(routes)));
    }
  }

  private static Div attached(WiringFacts facts) {
    Div list = Html.div("panel facts-list");
    for (String name :
        List.of(
            "type",
            "stage",
            "authorizer",
            "function",
            "kind",
            "sources",
            "ttl",
            "answers",
            "payload",
            "resource-policy")) {
      String value = facts.get(name);
      if (!value.isEmpty()) {
        list.add(Html.span("mute", Words.word("wiring.fact." + name)), Html.mono(value));
      }
    }
    facts
        .responses()
        .forEach(
            (type, value) ->
                list.add(
                    Html.span("mute", Words.word("wiring.fact.response", type)), Html.mono(value)));
    return Html.named(list, "wiring-facts");
  }

  private static Div routes(List<RouteFact> routes) {
    NativeTable table =
        Html.table(
            Words.word("wiring.routes", routes.size()),
            List.of(Words.word("routes.route"), Words.word("wiring.asks")));
    return Html.named(
        Html.div(
            "panel flush",
            table,
            new Portions<>(
                routes,
                it -> {
                  var row = table.getBody().addRow();
                  Html.cell(row, "wide", Html.mono(it.route()));
                  Html.cell(row, "", asks(it));
                })),
        "wiring-routes");
  }

  private static Span asks(RouteFact it) {
    return switch (it.by()) {
      case NOTHING -> Html.span("chip lost", Words.word("wiring.asks.nothing"));
      case OTHER -> Html.span("chip", Words.word("wiring.asks.other"));
      case AUTHORIZER -> Html.mono(it.authorizer());
    };
  }

  /** Wiring is that of what is deployed. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("wiring.title");
  }
}
