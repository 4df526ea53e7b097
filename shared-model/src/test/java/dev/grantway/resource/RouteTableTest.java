package dev.grantway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTableTest {
  private static final RouteTable REST =
      table(
          ApiType.REST,
          "GET /",
          "GET /orders",
          "GET /orders/{id}",
          "POST /orders/search",
          "GET /orders/{id}/lines",
          "ANY /orders/{id}/{part}",
          "DELETE /orders/{id}/{part}",
          "ANY /files/{path+}",
          "GET /files/{name}",
          "GET /files/{name}/meta");

  private static RouteTable table(ApiType type, String... routes) {
    return new RouteTable(type, Arrays.stream(routes).map(Route::parse).toList());
  }

  private static String route(RouteTable table, String method, String path) {
    return table
        .route(Action.valueOf(method), RequestPath.of(path))
        .map(Route::toString)
        .orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "GET, /orders, GET /orders",
    "GET, /orders/, GET /orders",
    "GET, /orders//, -",
    "GET, /orders/42, GET /orders/{id}",
    "POST, /orders/search, POST /orders/search",
    "GET, /orders/search, -",
    "GET, /orders/search/lines, GET /orders/{id}/lines",
    "POST, /orders/1/lines, -",
    "GET, /orders/1/other, ANY /orders/{id}/{part}",
    "DELETE, /orders/1/other, DELETE /orders/{id}/{part}",
    "GET, /files/a, GET /files/{name}",
    "PUT, /files/a, -",
    "PUT, /files/a/b, ANY /files/{path+}",
    "GET, /files/a/meta, GET /files/{name}/meta",
    "GET, /files/a/meta/x, ANY /files/{path+}",
    "GET, /files, -",
    "GET, /nothing, -",
  })
  void restChoosesTheResourceFirstAndTheMethodAfter(String method, String path, String expected) {
    assertThat(route(REST, method, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /orders/search, GET /orders/{id}",
    "POST, /orders/search, POST /orders/search",
    "GET, /orders/1/, $default",
    "PUT, /anything/else, $default",
    "PUT, /, $default",
    "GET, /files/x/y, ANY /files/{p+}",
  })
  void httpMatchesMethodAndPathTogether(String method, String path, String expected) {
    RouteTable http =
        table(
            ApiType.HTTP, "GET /orders/{id}", "POST /orders/search", "ANY /files/{p+}", "$default");
    assertThat(route(http, method, path)).isEqualTo(expected);
  }

  @Test
  void webSocketFallsBackToDefaultButNotForItsOwnKeys() {
    RouteTable live =
        new RouteTable(
            ApiType.WEBSOCKET, List.of(Route.ofRouteKey("send"), Route.ofRouteKey("$default")));
    assertThat(live.route(Action.CONNECT, RequestPath.ofRouteKey("send"))).isPresent();
    assertThat(live.route(Action.CONNECT, RequestPath.ofRouteKey("other")).orElseThrow().toString())
        .isEqualTo("$default");
    assertThat(live.route(Action.CONNECT, RequestPath.ofRouteKey("$connect"))).isEmpty();
  }

  /** Every table of two templates against every path: the most specific of those that match. */
  @ParameterizedTest
  @EnumSource(
      value = ApiType.class,
      names = {"REST", "HTTP"})
  void theMostSpecificOfTheMatchingTemplatesIsChosen(ApiType type) {
    List<String> templates = texts(List.of("a", "b", "{x}"), List.of("{p+}"), 3);
    List<String> paths = texts(List.of("a", "b", "c", ""), List.of(), 4);
    int compared = 0;
    for (String one : templates) {
      for (String other : templates) {
        String[] routes =
            one.equals(other)
                ? new String[] {"GET " + one}
                : new String[] {"GET " + one, "POST " + other};
        RouteTable table = table(type, routes);
        for (String path : paths) {
          assertThat(route(table, "GET", path))
              .as("%s %s `%s`", type, table, path)
              .isEqualTo(slowly(table, Action.GET, RequestPath.of(path)));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(100_000);
  }

  private static String slowly(RouteTable table, Action action, RequestPath path) {
    Route best = null;
    for (Route route : table.routes()) {
      boolean candidate = table.type() == ApiType.REST || route.actions().contains(action);
      List<Segment> template = route.template().segments();
      if (candidate
          && route.template().matches(table.asRouted(path))
          && (best == null || rank(template).compareTo(rank(best.template().segments())) < 0)) {
        best = route;
      }
    }
    return best != null && best.actions().contains(action) ? best.toString() : "-";
  }

  private static String rank(List<Segment> template) {
    var rank = new StringBuilder();
    for (Segment segment : template) {
      rank.append(
          segment instanceof Segment.Literal ? 0 : segment instanceof Segment.Variable ? 1 : 2);
    }
    return rank.toString();
  }

  private static List<String> texts(List<String> inner, List<String> last, int deepest) {
    var texts = new ArrayList<String>(List.of("/"));
    List<String> level = List.of("");
    for (int depth = 1; depth <= deepest; depth++) {
      var next = new ArrayList<String>();
      for (String start : level) {
        inner.forEach(segment -> next.add(start + "/" + segment));
        last.forEach(segment -> texts.add(start + "/" + segment));
      }
      texts.addAll(next);
      level = next;
    }
    return texts.stream().distinct().toList();
  }

  @Test
  void theSameRouteTwiceIsRefusedWhateverItsVariablesAreCalled() {
    assertThatThrownBy(() -> table(ApiType.REST, "GET /a/{x}", "GET /a/{y}"))
        .hasMessage(
            "route `GET /a/{y}` is there twice, as `GET /a/{x}` too: names of variables do not"
                + " tell routes apart");
    assertThatThrownBy(() -> table(ApiType.REST, "GET /a", "GET /a"))
        .hasMessage("route `GET /a` is there twice");
  }

  @Test
  void aRouteHasOneMethodOrEveryVerb() {
    for (Set<Action> some : List.<Set<Action>>of(Set.of(), Set.of(Action.GET, Action.POST))) {
      assertThatThrownBy(
              () ->
                  new Route(
                      some,
                      Template.parse("/a"),
                      "",
                      new TreeSet<>(),
                      "",
                      Route.Access.GRANTED,
                      Route.State.CURRENT))
          .hasMessageContaining("one method, or ANY");
    }
    assertThat(Route.parse("ANY /a").actions()).isEqualTo(Action.VERBS);
  }

  @Test
  void routesThatDoNotFitTheTypeAreRefused() {
    assertThatThrownBy(() -> table(ApiType.REST, "$default")).hasMessageContaining("REST");
    assertThatThrownBy(() -> new RouteTable(ApiType.HTTP, List.of(Route.ofRouteKey("send"))))
        .hasMessageContaining("HTTP");
    assertThatThrownBy(() -> table(ApiType.WEBSOCKET, "GET /a")).hasMessageContaining("WEBSOCKET");
  }

  @ParameterizedTest
  @CsvSource({
    "FETCH /x, is none of",
    "get /x, is none of",
    "/x, needs a method",
    "GET /x/**, belongs in a permission",
    "GET /x/${claims.sub}, belongs in a permission",
  })
  void routesThatMeanNothingAreRefused(String text, String message) {
    assertThatThrownBy(() -> Route.parse(text)).hasMessageContaining(message);
  }
}
