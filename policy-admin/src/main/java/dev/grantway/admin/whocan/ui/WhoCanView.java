package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.admin.whocan.WhoCanService;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.RouteTable;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reverse questions: who may call a route, what a role or somebody may call. The URL holds the
 * question and as of when it is asked.
 */
@Route(value = Place.PREFIX + WhoCanNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class WhoCanView extends PlacedView {
  private static final String TAG = "tag:";

  private final WhoCanService whoCan;
  private final RoleService roles;
  private final boolean imports;
  private final Div answer = Html.div("who-can-answer");
  private Ask ask = Ask.ROUTE;
  private @Nullable AskForm form;

  WhoCanView(WhoCanService whoCan, RoleService roles, ApiService apis, Operators operators) {
    super(apis);
    this.imports = operators.current().may(Task.DRAFT);
    this.whoCan = whoCan;
    this.roles = roles;
    answer.getElement().setAttribute("aria-live", "polite");
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    ask = Ask.of(parameter(event, "ask"));
    var fresh = new AskForm(ask, this::routes, this::roles, this::ask);
    form = fresh;
    fresh.fill(name -> parameter(event, name));
    add(
        Html.head(new H1(Words.word("whocan.title")), Html.span("sub", Words.word("whocan.sub"))),
        tabs(),
        fresh,
        answer);
    if (ask != Ask.ROLE) {
      add(new MembersPanel(whoCan, imports, () -> show(fresh)));
    }
    show(fresh);
  }

  private Nav tabs() {
    var tabs = new Nav();
    tabs.addClassName("views");
    Html.labelled(tabs, Words.word("whocan.tabs"));
    for (Ask each : Ask.values()) {
      Anchor tab =
          Html.link(
              AnswerParts.path(place(), each, Map.of()), "view", Words.word("whocan.tab." + each));
      if (each == ask) {
        tab.getElement().setAttribute("aria-current", "page");
      }
      tabs.add(Html.named(tab, "ask-about-" + each.word()));
    }
    return tabs;
  }

  /** Tags and actions on routes whose text holds what was typed. */
  private Stream<String> routes(String text) {
    RouteTable table = api().routes();
    Stream<String> tags =
        table.routes().stream()
            .flatMap(it -> it.tags().stream())
            .distinct()
            .sorted()
            .map(TAG::concat);
    Stream<String> routes =
        table.routes().stream()
            .flatMap(
                route ->
                    new TreeSet<>(route.isAny() ? table.actionsOf(route) : route.actions())
                        .stream().map(route::text));
    return Stream.concat(tags, routes).filter(it -> it.toLowerCase(Locale.ROOT).contains(text));
  }

  private Stream<String> roles(String text) {
    return roles.names().stream()
        .map(RoleName::value)
        .filter(it -> it.toLowerCase(Locale.ROOT).contains(text));
  }

  private void ask() {
    AskForm asked = form;
    if (asked != null) {
      remember(AnswerParts.path(place(), ask, asked.values()));
      show(asked);
    }
  }

  private void show(AskForm asked) {
    answer.removeAll();
    Map<String, String> values = asked.values();
    moment(asked, values.getOrDefault(AskForm.AT, ""))
        .ifPresent(moment -> answer.add(answered(values, moment)));
  }

  /** What is answered of now is by the list that the panel names. */
  private Stream<Component> members(Found.Answer<?> found, Moment moment) {
    if (moment.equals(Moment.NOW)) {
      return Stream.empty();
    }
    String said =
        whoCan
            .memberships(found)
            .map(it -> Words.word("whocan.members.then", it.by(), Times.dayAndClock(it.at())))
            .orElseGet(() -> Words.word("whocan.members.then.none"));
    return Stream.of(Html.named(Html.div("mute", new Span(said)), "members-then"));
  }

  private Optional<Moment> moment(AskForm asked, String text) {
    try {
      Moment moment = whoCan.moment(text);
      asked.refuseTime("");
      return Optional.of(moment);
    } catch (IllegalArgumentException noMoment) {
      asked.refuseTime(String.valueOf(noMoment.getMessage()));
      return Optional.empty();
    }
  }

  private List<Component> answered(Map<String, String> values, Moment moment) {
    String route = values.getOrDefault(AskForm.ROUTE, "");
    String role = values.getOrDefault(AskForm.ROLE, "");
    String who = values.getOrDefault(AskForm.WHO, "");
    boolean empty =
        switch (ask) {
          case ROUTE -> route.isEmpty();
          case ROLE -> role.isEmpty();
          case SOMEBODY -> who.isEmpty() || !values.containsKey(AskForm.ISSUER);
        };
    if (empty) {
      return List.of(ReachParts.empty(ask));
    }
    return switch (ask) {
      case ROUTE -> ofRoute(route, moment);
      case ROLE -> ofRole(role, values.getOrDefault(AskForm.WITH, ""), moment);
      case SOMEBODY ->
          parts(
              whoCan.holder(api().id(), place().stage(), holder(values, who), moment),
              found ->
                  Stream.concat(members(found, moment), ReachParts.of(place(), found, who).stream())
                      .toList());
    };
  }

  private List<Component> ofRoute(String route, Moment moment) {
    if (route.startsWith(TAG)) {
      return parts(
          whoCan.tag(api().id(), place().stage(), route.substring(TAG.length()).strip(), moment),
          found -> TagParts.of(place(), found));
    }
    return parts(
        whoCan.route(api().id(), place().stage(), route, moment),
        found -> {
          var all = new ArrayList<>(RouteParts.of(place(), found));
          members(found, moment).forEach(all::add);
          all.add(twins(found.value().text(), moment));
          return all;
        });
  }

  /** Looked for only when asked: every role is worked out on every route. */
  private Div twins(String route, Moment moment) {
    Div section =
        Html.section(Words.word("whocan.twins"), Html.span("mute", Words.word("whocan.twins.sub")));
    var find = Html.named(new Button(Words.word("whocan.twins.find")), "find-twins");
    find.addThemeVariants(ButtonVariant.TERTIARY);
    Div acts = Html.div("acts", find);
    find.addClickListener(
        click -> {
          section.remove(acts);
          section.add(
              parts(
                  whoCan.twins(api().id(), place().stage(), route, moment),
                  found -> List.of(TagParts.twins(place(), found.value()))));
        });
    section.add(acts);
    return section;
  }

  private List<Component> ofRole(String role, String other, Moment moment) {
    return other.isEmpty()
        ? parts(
            whoCan.role(api().id(), place().stage(), role, moment),
            found -> ReachParts.of(place(), found, role))
        : parts(
            whoCan.compare(api().id(), place().stage(), role, other, moment),
            found -> ReachParts.of(place(), found));
  }

  private static Assignment.Holder holder(Map<String, String> values, String who) {
    String kind = values.getOrDefault(AskForm.KIND, "").toUpperCase(Locale.ROOT);
    return new Assignment.Holder(
        values.getOrDefault(AskForm.ISSUER, ""),
        Stream.of(Assignment.Kind.values())
            .filter(it -> it.name().equals(kind))
            .findFirst()
            .orElse(Assignment.Kind.SUBJECT),
        who);
  }

  private static <T> List<Component> parts(
      Found<T> found, Function<Found.Answer<T>, List<Component>> parts) {
    return switch (found) {
      case Found.Answer<T> answered -> parts.apply(answered);
      case Found.Nothing<T>(var why) ->
          List.of(
              Html.named(
                  Html.div("notice bad", new Span(Words.all(List.of(why)))), "who-can-nothing"));
    };
  }

  /** The draft is not asked: reverse questions are about what is, or was, live. */
  @Override
  protected void draftChanged() {
    AskForm asked = form;
    if (asked != null) {
      show(asked);
    }
  }

  @Override
  protected String title() {
    return Words.word("whocan.title");
  }
}
