package dev.grantway.admin.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.grantway.admin.audit.AuditNavigation;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.admin.overview.OverviewNavigation;
import dev.grantway.admin.roles.RolesNavigation;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.simulate.SimulateNavigation;
import dev.grantway.admin.whocan.WhoCanNavigation;
import jakarta.annotation.security.PermitAll;
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

  MainLayout(
      ApiService apis,
      ChangesService changes,
      AuditService audit,
      Operators operators,
      AuthenticationContext authentication) {
    this.operators = operators;
    switcher = new Switcher(apis);
    tray = new Tray(changes);
    observing = new ObservingNotice(audit);
    restored = new RestoredNotice(audit);
    setPrimarySection(Section.DRAWER);
    frame.addClassName("frame");
    setContent(frame);
    navigation.getElement().setAttribute("aria-label", Words.word("nav.label"));
    Div menu =
        Html.div(
            "menu",
            brand(),
            switcher,
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

  private boolean sees() {
    return operators.current().may(Task.SEE);
  }

  private static Div brand() {
    var mark = new Image("grantway/icon.svg", "");
    return Html.div("brand", mark, new Span(Words.word("app.name")));
  }

  @Override
  public void showRouterLayoutContent(HasElement content) {
    frame.removeAll();
    frame.add(restored, observing);
    frame.getElement().appendChild(content.getElement());
    if (sees()) {
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
      where.setText(place.api() + " · " + place.stage());
      where.setClassName("prod", place.isProduction());
      switcher.show(place, parts.length > 3 ? parts[3] : OverviewNavigation.VIEW);
      navigation.addItem(
          item(
              "nav.overview", OverviewNavigation.path(place), VaadinIcon.DASHBOARD, "nav-overview"),
          item("nav.matrix", MatrixNavigation.path(place), VaadinIcon.GRID_SMALL, "nav-matrix"),
          item("nav.roles", RolesNavigation.path(place), VaadinIcon.USERS, "nav-roles"));
      navigation.addItem(
          item("nav.whocan", WhoCanNavigation.path(place), VaadinIcon.KEY, "nav-who-can"));
      if (operators.current().may(Task.DRAFT)) {
        navigation.addItem(
            item("nav.simulate", SimulateNavigation.path(place), VaadinIcon.FLASK, "nav-simulate"));
      }
      navigation.addItem(
          item("nav.changes", ChangesNavigation.path(place), VaadinIcon.EXCHANGE, "nav-changes"),
          item("nav.audit", AuditNavigation.path(place), VaadinIcon.CLOCK, "nav-audit"));
      restored.refresh();
      observing.at(place);
      tray.at(place);
      tray.setVisible(!path.equals(ChangesNavigation.path(place)));
    } else {
      switcher.setVisible(false);
      tray.setVisible(false);
      observing.setVisible(false);
      restored.setVisible(false);
    }
  }

  private static SideNavItem item(String key, String path, VaadinIcon icon, String testId) {
    var item = new SideNavItem(Words.word(key), path, icon.create());
    item.setMatchNested(true);
    Component named = Html.named(item, testId);
    return (SideNavItem) named;
  }
}
