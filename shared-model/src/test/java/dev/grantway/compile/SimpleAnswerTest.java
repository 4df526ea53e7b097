package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Reach;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GATEWAY, law of the key: one boolean decides a whole route, or it is no. */
class SimpleAnswerTest {
  private static final List<Action> ACTIONS = List.of(Action.GET, Action.POST);
  private static final List<String> SEGMENTS = List.of("a", "b", "c", "%61", "b;x", "%62");
  private static final List<Permission> PERMISSIONS =
      Worlds.permissions(
          "ALLOW GET /a",
          "ALLOW ANY /{p}",
          "ALLOW GET /{p}/b",
          "ALLOW GET /{p}/{q}",
          "ALLOW GET /{p+}",
          "ALLOW POST /**",
          "ALLOW GET /a/**",
          "DENY GET /a",
          "DENY ANY /b/**");

  private static final Instant NOW = Worlds.NOW;
  private static final Validity UNTIL_LATER = new Validity(null, NOW.plusSeconds(311));

  /** Small enough to forget some answers. */
  private final KeepingCompiler keeping = new KeepingCompiler(3);

  private static CompileRequest request(
      Api api, Route route, Action action, List<Permission> held, CacheKey key) {
    var request = Worlds.request(action, RequestPath.of("/"), route.template(), Map.of());
    return Worlds.compileRequest(api, request, held, key);
  }

  private static boolean answer(Api api, String route, Permission... held) {
    var parsed = Route.parse(route);
    var action = parsed.actions().stream().min(Action::compareTo).orElseThrow();
    return SimpleAnswer.isAuthorized(
        request(api, parsed, action, List.of(held), CacheKey.TOKEN_AND_ROUTE));
  }

  private static List<RequestPath> paths() {
    var paths = new ArrayList<RequestPath>();
    for (String one : SEGMENTS) {
      paths.add(RequestPath.of("/" + one));
      for (String two : SEGMENTS) {
        paths.add(RequestPath.of("/" + one + "/" + two));
        paths.add(RequestPath.of("/" + one + "/" + two + "/c"));
      }
    }
    return paths;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a,GET /{p},POST /{p}",
        "GET /a,ANY /{p},GET /{p}/b",
        "GET /{p}/b,GET /a/{q},ANY /{p+}",
        "GET /{p},POST /{p},ANY /{p},$default",
        "GET /a/b,GET /{p}/{q},$default"
      })
  void yesMeansThatEveryRequestOfTheRouteIsAllowed(String routes) {
    Api api = Worlds.api(ApiType.HTTP, routes.split(","));
    int yes = 0;
    for (int subset = 0; subset < 1 << PERMISSIONS.size(); subset++) {
      var held = new ArrayList<Permission>();
      for (int i = 0; i < PERMISSIONS.size(); i++) {
        if ((subset & 1 << i) != 0) {
          held.add(PERMISSIONS.get(i));
        }
      }
      for (Route route : api.routes().routes()) {
        for (Action action : ACTIONS) {
          if (api.routes().actionsOf(route).contains(action)) {
            var asked = request(api, route, action, held, CacheKey.TOKEN_AND_ROUTE);
            boolean said = SimpleAnswer.isAuthorized(asked);
            assertThat(keeping.isAuthorized(asked, "r" + subset)).isEqualTo(said);
            assertThat(keeping.isAuthorized(asked, "r" + subset)).as("kept").isEqualTo(said);
            yes += said ? 1 : 0;
            check(api, route, held, said);
          }
        }
      }
    }
    assertThat(yes).as("yes to " + routes).isGreaterThan(5);
  }

  private static void check(Api api, Route route, List<Permission> held, boolean said) {
    boolean all = true;
    boolean whole = !held.isEmpty();
    for (Action action : api.routes().actionsOf(route)) {
      for (Route each : api.routes().routes()) {
        whole &=
            held.stream().noneMatch(it -> Reach.of(it.resource(), each.template()) == Reach.PART);
      }
      for (RequestPath path : paths()) {
        if (api.routes().route(action, path).filter(route::equals).isPresent()) {
          var request = Worlds.request(action, path, route.template(), Map.of());
          boolean allowed = Decisions.decide(api, request, held).isAllowed();
          all &= allowed;
          if (said && !allowed) {
            fail("yes to " + action + " " + path + " on " + route + " " + held);
          }
        }
      }
    }
    if (all && whole && !said) {
      fail("no to all of " + route + " " + held);
    }
  }

  @Test
  void anEncodingMayNotHideAnotherRoute() {
    Api api = Worlds.api(ApiType.HTTP, "GET /orders/{id}", "GET /orders/search");
    var items = Worlds.permission("ALLOW GET /orders/{id}");
    assertThat(answer(api, "GET /orders/{id}", items)).isFalse();
    assertThat(
            answer(api, "GET /orders/{id}", items, Worlds.permission("ALLOW GET /orders/search")))
        .isTrue();
    assertThat(answer(api, "GET /orders/search", items)).isFalse();
  }

  @Test
  void whatHoldsForAPartOnlyIsNo() {
    Api api = Worlds.api(ApiType.HTTP, "GET /o/{id}", "ANY /r");
    assertThat(answer(api, "GET /o/{id}", Worlds.permission("ALLOW GET /o/42"))).isFalse();
    assertThat(answer(api, "ANY /r", Worlds.permission("ALLOW GET /r"))).isFalse();
    assertThat(answer(api, "ANY /r", Worlds.permission("ALLOW ANY /r"))).isTrue();
    assertThat(
            answer(
                api,
                "GET /o/{id}",
                Worlds.permission("ALLOW GET /o/{id}"),
                Worlds.permission("DENY GET /o/42")))
        .isFalse();
  }

  @Test
  void whatEndsBeforeTheAnswerDoesIsNo() {
    Api api = Worlds.api(ApiType.HTTP, "GET /r");
    assertThat(answer(api, "GET /r", timed("ALLOW GET /r", UNTIL_LATER))).isFalse();
    var longer = new Validity(null, NOW.plusSeconds(312));
    assertThat(answer(api, "GET /r", timed("ALLOW GET /r", longer))).isTrue();
    var begun = new Validity(NOW.plusSeconds(1), null);
    assertThat(answer(api, "GET /r", timed("ALLOW GET /r", begun))).isFalse();
    var always = Worlds.permission("ALLOW GET /r");
    var soon = new Validity(NOW.plusSeconds(311), null);
    assertThat(answer(api, "GET /r", always, timed("DENY GET /r", soon))).isFalse();
    var late = new Validity(NOW.plusSeconds(312), null);
    assertThat(answer(api, "GET /r", always, timed("DENY GET /r", late))).isTrue();
    var over = new Validity(null, NOW);
    assertThat(answer(api, "GET /r", always, timed("DENY GET /r", over))).isTrue();
  }

  @Test
  void aKeptAnswerIsNotGivenPastABoundary() {
    Api api = Worlds.api(ApiType.HTTP, "GET /r");
    var always = Worlds.permission("ALLOW GET /r");
    var ban = timed("DENY GET /r", new Validity(NOW.plusSeconds(1000), NOW.plusSeconds(2000)));
    for (int after : List.of(0, 600, 688, 689, 999, 1000, 1999, 2000, 3000, 1500, 0)) {
      var asked = askedAt(api, NOW.plusSeconds(after), always, ban);
      assertThat(keeping.isAuthorized(asked, "r1"))
          .as("after " + after + " s")
          .isEqualTo(SimpleAnswer.isAuthorized(asked))
          .isEqualTo(after <= 688 || after >= 2000);
    }
  }

  private static CompileRequest askedAt(Api api, Instant now, Permission... held) {
    var asked = Worlds.request(Action.GET, RequestPath.of("/r"), null, Map.of());
    var then =
        new AccessRequest(
            asked.api(),
            asked.stage(),
            asked.action(),
            asked.path(),
            null,
            asked.principal(),
            RequestContext.at(now));
    return Worlds.compileRequest(api, then, List.of(held), CacheKey.TOKEN_AND_ROUTE);
  }

  private static Permission timed(String text, Validity validity) {
    return Worlds.permission(text, Condition.NONE, validity);
  }

  @Test
  void aRoleThatEndsBeforeTheAnswerDoesIsNo() {
    Api api = Worlds.api(ApiType.HTTP, "GET /r");
    var held = Worlds.permissions("ALLOW GET /r");
    var asked = request(api, Route.parse("GET /r"), Action.GET, held, CacheKey.TOKEN_AND_ROUTE);
    var ends = Map.<RoleName, Instant>of(Worlds.ROLE, NOW.plusSeconds(60));
    var ending =
        new CompileRequest(
            api, asked.request(), held, Worlds.ARN, asked.key(), ends, asked.options());
    assertThat(SimpleAnswer.isAuthorized(asked)).isTrue();
    assertThat(SimpleAnswer.isAuthorized(ending)).isFalse();
  }

  @Test
  void underNoneItIsTheDecision() {
    Api api = Worlds.api(ApiType.HTTP, "GET /o/{id}");
    var held = Worlds.permissions("ALLOW GET /o/42");
    for (var path : Map.of("/o/42", true, "/o/43", false).entrySet()) {
      var request =
          Worlds.request(
              Action.GET,
              RequestPath.of(path.getKey()),
              Route.parse("GET /o/{id}").template(),
              Map.of());
      var asked = Worlds.compileRequest(api, request, held, CacheKey.NONE);
      assertThat(SimpleAnswer.isAuthorized(asked)).as(path.getKey()).isEqualTo(path.getValue());
    }
  }

  @Test
  void underTheTokenAloneThereIsNone() {
    Api api = Worlds.api(ApiType.HTTP, "GET /r");
    var asked = request(api, Route.parse("GET /r"), Action.GET, List.of(), CacheKey.TOKEN);
    assertThatThrownBy(() -> SimpleAnswer.isAuthorized(asked))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutARouteTableItIsNo() {
    Api api = Worlds.api(ApiType.HTTP);
    assertThat(answer(api, "GET /r", Worlds.permission("ALLOW ANY /**"))).isFalse();
  }
}
