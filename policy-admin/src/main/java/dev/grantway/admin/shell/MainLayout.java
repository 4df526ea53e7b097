package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.grantway.admin.assignments.AssignmentsNavigation;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.admin.overview.OverviewNavigation;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.ReviewsNavigation;
import dev.grantway.admin.revocations.RevocationsNavigation;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.routes.RoutesNavigation;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.settings.SettingsNavigation;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.admin.transfer.ImportNavigation;
import dev.grantway.admin.transfer.TransferNavigation;
import dev.grantway.admin.usage.UsageNavigation;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.admin.wiring.WiringNavigation;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The frame around every view: drawer with switcher and navigation, the view, the tray. */
@PermitAll
public class MainLayout extends AppLayout implements RouterLayout, AfterNavigationObserver {
  private final Switcher switcher;
  private final SideNav navigation = new SideNav();
  private final Main frame = new Main();
  private final Span where = Html.span("where mono", "");
  private final Tray tray;
  private final ObservingNotice observing;
  private final RestoredNotice restored;
  private final Operators operators;
  private final NewsBadge news;
  private final IdleDialog idle = new IdleDialog();
  private final Div quick;
  private boolean isDown;
  private @Nullable Place place;
  private long shown;

  MainLayout(
      ApiService apis,
      ChangesService changes,
      RoleService roles,
      ReviewService reviews,
      AuditService audit,
      Operators operators,
      AuthenticationContext authentication) {
    this.operators = operators;
    switcher = new Switcher(apis);
    tray = new Tray(changes, this::isUpToDate);
    // What a view shows of others it reads when it is entered; its URL holds what is open in it.
    news = new NewsBadge("news", () -> news(changes), () -> UI.getCurrent().getPage().reload());
    observing = new ObservingNotice(audit);
    restored = new RestoredNotice(audit);
    setPrimarySection(Section.DRAWER);
    frame.addClassName("frame");
    setContent(frame);
    quick = quick(apis, roles, reviews, changes);
    navigation.getElement().setAttribute("aria-label", Words.word("nav.label"));
    Div menu =
        Html.div(
            "menu",
            brand(),
            switcher,
            quick,
            navigation,
            new DrawerFoot(operators.current(), authentication));
    menu.getElement().setAttribute("role", "region");
    addToDrawer(Html.labelled(menu, Words.word("nav.menu")));
    var toggle = new DrawerToggle();
    Html.labelled(toggle, Words.word("nav.toggle"));
    Div top = Html.div("topbar", toggle, new Span(Words.word("app.name")), where);
    top.getElement().setAttribute("role", "banner");
    addToNavbar(top);
  }

  private void isUpToDate(long revision) {
    shown = revision;
    news.setVisible(false);
  }

  private Optional<String> news(ChangesService changes) {
    if (!sees() || place == null) {
      return Optional.empty();
    }
    long live = changes.knownInForce().revision();
    return live > shown
        ? Optional.of(Words.word("news.revision", Long.toString(live), Long.toString(shown)))
        : Optional.empty();
  }

  private boolean sees() {
    return operators.current().may(Task.SEE);
  }

  private static Div brand() {
    var mark = new Image("grantway/icon.svg", "");
    return Html.div("brand", mark, new Span(Words.word("app.name")));
  }

  @Override
  public void showRouterLayoutContent(HasElement content) {
    isDown = content instanceof ErrorPages.Unavailable;
    frame.removeAll();
    frame.add(restored, observing, news, idle);
    frame.getElement().appendChild(content.getElement());
    if (sees() && !isDown) {
      frame.add(tray);
    }
  }

  @Override
  public void removeRouterLayoutContent(@Nullable HasElement content) {
    frame.removeAll();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    String path = event.getLocation().getPath();
    String[] parts = path.split("/", 4);
    boolean placed = parts.length >= 3 && parts[0].equals("a");
    navigation.removeAll();
    if (placed && sees()) {
      var place = new Place(parts[1], parts[2]);
      this.place = place;
      quick.setVisible(true);
      where.setText(place.api() + " · " + place.stage());
      where.setClassName("prod", place.isProduction());
      entries(place).forEach(entry -> navigation.addItem(item(entry)));
      String view = parts.length > 3 ? parts[3] : OverviewNavigation.VIEW;
      if (isDown) {
        // The page says so. Whatever else asks the table would only wait for it once more.
        switcher.showAlone(place, view);
        hideWhatIsRead();
        return;
      }
      switcher.show(place, view);
      restored.refresh();
      observing.at(place);
      tray.at(place);
      tray.setVisible(!path.equals(ChangesNavigation.path(place)));
    } else {
      place = null;
      switcher.setVisible(false);
      quick.setVisible(false);
      hideWhatIsRead();
    }
  }

  private void hideWhatIsRead() {
    tray.setVisible(false);
    observing.setVisible(false);
    news.setVisible(false);
    restored.setVisible(false);
  }

  /**
   * A view in the navigation.
   *
   * @param name what its text and its test id are called
   * @param letter after G
   */
  private record Entry(String name, String path, VaadinIcon icon, String letter) {
    String text() {
      return Words.word("nav." + name);
    }
  }

  private List<Entry> entries(Place place) {
    var entries = new ArrayList<Entry>();
    entries.add(new Entry("overview", OverviewNavigation.path(place), VaadinIcon.DASHBOARD, "o"));
    entries.add(new Entry("matrix", MatrixNavigation.path(place), VaadinIcon.GRID_SMALL, "m"));
    entries.add(new Entry("roles", RolesNavigation.path(place), VaadinIcon.USERS, "r"));
    entries.add(new Entry("routes", RoutesNavigation.path(place), VaadinIcon.ROAD_BRANCHES, "t"));
    entries.add(
        new Entry("assignments", AssignmentsNavigation.path(place), VaadinIcon.USER_CHECK, "n"));
    entries.add(new Entry("who-can", WhoCanNavigation.path(place), VaadinIcon.KEY, "w"));
    entries.add(new Entry("use", UsageNavigation.path(place), VaadinIcon.CHART_LINE, "u"));
    entries.add(new Entry("wiring", WiringNavigation.path(place), VaadinIcon.PLUG, "d"));
    if (operators.current().may(Task.DRAFT)) {
      entries.add(new Entry("simulate", SimulateNavigation.path(place), VaadinIcon.FLASK, "s"));
    }
    entries.add(new Entry("changes", ChangesNavigation.path(place), VaadinIcon.EXCHANGE, "c"));
    entries.add(
        new Entry("reviews", ReviewsNavigation.path(place), VaadinIcon.CHECK_SQUARE_O, "q"));
    entries.add(new Entry("revocations", RevocationsNavigation.path(place), VaadinIcon.BAN, "v"));
    entries.add(new Entry("audit", AuditNavigation.path(place), VaadinIcon.CLOCK, "a"));
    if (operators.current().may(Task.DRAFT)) {
      entries.add(new Entry("import", ImportNavigation.path(place), VaadinIcon.UPLOAD, "i"));
    }
    if (operators.current().may(Task.EVIDENCE)) {
      entries.add(new Entry("transfer", TransferNavigation.path(place), VaadinIcon.DOWNLOAD, "x"));
    }
    entries.add(new Entry("settings", SettingsNavigation.path(place), VaadinIcon.COG, "e"));
    return entries;
  }

  private static SideNavItem item(Entry entry) {
    var item = new SideNavItem(entry.text(), entry.path(), entry.icon().create());
    item.setMatchNested(true);
    item.getElement().setAttribute("data-go", entry.letter());
    return Html.named(item, "nav-" + entry.name());
  }

  private Div quick(
      ApiService apis, RoleService roles, ReviewService reviews, ChangesService changes) {
    var palette = new Palette(apis, roles, reviews, changes);
    var keys = new KeysDialog();
    var open = new NativeButton();
    open.add(new Span(Words.word("palette.open")), Html.span("kbd", Words.word("palette.keys")));
    open.addClassName("go");
    open.addClickListener(click -> openPalette(palette));
    var help = new Button("?", click -> openKeys(keys));
    help.addThemeVariants(ButtonVariant.TERTIARY);
    Html.labelled(help, Words.word("keys.title"));
    return Html.div("quick", Html.named(open, "palette-open"), Html.named(help, "keys-open"));
  }

  private void openPalette(Palette palette) {
    Place at = place;
    if (at != null) {
      palette.open(
          at, entries(at).stream().map(it -> new Palette.View(it.text(), it.path())).toList());
    }
  }

  private void openKeys(KeysDialog keys) {
    var views = new LinkedHashMap<String, String>();
    Place at = place;
    if (at != null) {
      entries(at).forEach(it -> views.put(it.letter().toUpperCase(Locale.ROOT), it.text()));
    }
    keys.open(views);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    event.getUI().getPage().addJsModule("context://grantway/keys.js");
  }
}
