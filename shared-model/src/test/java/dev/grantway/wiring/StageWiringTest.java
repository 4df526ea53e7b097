package dev.grantway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.Severity;
import dev.grantway.compile.CacheKey;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.wiring.AttachedRoute.By;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A stage is judged with its routes, the policy's table and the documents of its roles. */
class StageWiringTest {
  private static final Duration TTL = Duration.ofSeconds(300);
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
  private static final List<String> TOKEN = List.of("method.request.header.Authorization");
  private static final List<String> ROUTE =
      List.of("method.request.header.Authorization", "context.httpMethod", "context.resourcePath");
  private static final Declared BY_ROUTE =
      new Declared(CacheKey.TOKEN_AND_ROUTE, TTL, "header:Authorization", false, false);
  private static final Declared BY_TOKEN =
      new Declared(CacheKey.TOKEN, TTL, "header:Authorization", false, false);

  private static Route as(Route route, Route.Access access, Route.State state) {
    return new Route(route.actions(), route.template(), "", new TreeSet<>(), "", access, state);
  }

  private static Api api(ApiType type, String... routes) {
    var table = new ArrayList<Route>();
    for (String text : routes) {
      boolean isPublic = text.startsWith("public ");
      boolean gone = text.startsWith("gone ");
      String plain = text.replaceFirst("^(public|gone) ", "");
      Route route = type == ApiType.WEBSOCKET ? Route.ofRouteKey(plain) : Route.parse(plain);
      table.add(
          as(
              route,
              isPublic ? Route.Access.PUBLIC : Route.Access.GRANTED,
              gone ? Route.State.GONE : Route.State.CURRENT));
    }
    return new Api(new ApiId("a1"), "orders", List.of("prod"), new RouteTable(type, table), false);
  }

  private static AttachedRoute asks(String route) {
    return new AttachedRoute(route, By.AUTHORIZER, "grantway", "r1");
  }

  private static AttachedRoute open(String route) {
    return new AttachedRoute(route, By.NOTHING, "", "r1");
  }

  private static AttachedAuthorizer authorizer(ApiType type, List<String> sources, Duration ttl) {
    return new AttachedAuthorizer(
        "x1",
        "grantway",
        "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:f:live/invocations",
        "",
        new Attachment(type, false, sources, ttl, false, false));
  }

  private static StageReading reading(List<String> sources, AttachedRoute... routes) {
    return new StageReading(
        "a1",
        ApiType.REST,
        "prod",
        true,
        true,
        List.of(routes),
        List.of(authorizer(ApiType.REST, sources, TTL)),
        List.of());
  }

  private static List<WiringFault> faults(
      StageReading reading, Policy policy, Api api, Declared... told) {
    return StageWiring.faults(
        reading,
        new StageWiring.Expected(
            policy, api, "", "header:Authorization", Set.copyOf(Arrays.asList(told)), TTL, 8_192),
        NOW);
  }

  private static Policy policy(Api api, Permission... permissions) {
    return new Policy(
        List.of(api),
        Arrays.stream(permissions)
            .map(Permission::role)
            .distinct()
            .map(role -> new Role(role.value(), role, "", "", new TreeSet<>()))
            .toList(),
        List.of(permissions),
        List.of(),
        Rules.NONE);
  }

  private static List<String> codes(List<WiringFault> faults) {
    return faults.stream().map(WiringFault::code).toList();
  }

  @Test
  void whatIsAsItShouldBeHasNoFault() {
    Api api = api(ApiType.REST, "GET /orders", "public GET /health", "gone GET /old");
    var reading = reading(ROUTE, asks("GET /orders"), open("GET /health"));
    assertThat(faults(reading, policy(api), api, BY_ROUTE)).isEmpty();
  }

  @Test
  void routesThatAskNobodyAreOpenWhateverThePolicySays() {
    Api api = api(ApiType.REST, "GET /orders", "POST /orders");
    var reading =
        reading(ROUTE, asks("GET /orders"), open("POST /orders"), open("OPTIONS /orders"));
    List<WiringFault> faults = faults(reading, policy(api), api, BY_ROUTE);
    assertThat(codes(faults))
        .containsExactly("route-is-open", "route-not-in-policy", "preflight-is-open");
    assertThat(faults.getFirst().routes()).containsExactly("POST /orders");
    assertThat(faults.getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(faults.getFirst().what())
        .isEqualTo(
            "`POST /orders` asks no authorizer: everybody may call it, whatever the policy says");
  }

  @Test
  void theTwoRouteTablesAreHeldAgainstEachOtherWhateverVariablesAreCalled() {
    Api api = api(ApiType.REST, "GET /orders/{id}", "GET /missing", "gone GET /back");
    var reading =
        reading(ROUTE, asks("GET /orders/{order}"), asks("GET /back"), asks("ANY /new/{p+}"));
    List<WiringFault> faults = faults(reading, policy(api), api, BY_ROUTE);
    assertThat(codes(faults)).containsExactly("route-not-in-policy", "route-not-deployed");
    assertThat(faults.getFirst().routes()).containsExactly("GET /back", "ANY /new/{p+}");
    assertThat(faults.getLast().routes()).containsExactly("GET /missing");
  }

  @Test
  void publicRoutesThatAskForATokenAreNamed() {
    Api api = api(ApiType.REST, "public GET /health", "GET /orders");
    var reading = reading(ROUTE, asks("GET /health"), asks("GET /orders"));
    assertThat(codes(faults(reading, policy(api), api, BY_ROUTE)))
        .containsExactly("public-is-closed");
  }

  @Test
  void rolesWithoutAnExactDocumentUnderTheRealKeyAreNamedWithTheSourcesToAdd() {
    Api api = api(ApiType.REST, "GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}", "GET /plain");
    Policy policy =
        policy(
            api,
            permission("one", "ops", "/u/{x}"),
            permission("three", "ops", "/u/{x}/{y}/{z}"),
            permission("plain", "clerk", "/plain"));
    var reading =
        reading(
            TOKEN,
            asks("GET /u/{x}"),
            asks("GET /u/{x}/{y}"),
            asks("GET /u/{x}/{y}/{z}"),
            asks("GET /plain"));
    List<WiringFault> faults = faults(reading, policy, api, BY_TOKEN);
    assertThat(codes(faults)).containsExactly("role-not-exact");
    assertThat(faults.getFirst().what()).contains("under `token`", "role `ops`");
    assertThat(faults.getFirst().what()).doesNotContain("clerk");
    assertThat(faults.getFirst().fix())
        .contains("`context.httpMethod`, `context.resourcePath`", "or set the TTL to 0");
    assertThat(
            codes(
                faults(
                    reading(
                        ROUTE,
                        asks("GET /u/{x}"),
                        asks("GET /u/{x}/{y}"),
                        asks("GET /u/{x}/{y}/{z}"),
                        asks("GET /plain")),
                    policy,
                    api,
                    BY_ROUTE)))
        .isEmpty();
    List<WiringFault> told =
        faults(
            reading(
                ROUTE,
                asks("GET /u/{x}"),
                asks("GET /u/{x}/{y}"),
                asks("GET /u/{x}/{y}/{z}"),
                asks("GET /plain")),
            policy,
            api,
            BY_TOKEN);
    assertThat(codes(told))
        .as("documents are made as instances were told")
        .contains("role-not-exact");
    assertThat(told.getFirst().what()).contains("under `token`", "role `ops`");
  }

  private static Permission permission(String id, String role, String resource) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        Effect.ALLOW,
        new ApiId("a1"),
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  @Test
  void whatInstancesWereToldIsHeldAgainstTheApi() {
    Api api = api(ApiType.REST, "GET /orders");
    var reading = reading(TOKEN, asks("GET /orders"));
    assertThat(codes(faults(reading, policy(api), api, BY_ROUTE)))
        .containsExactly("route-is-no-source");
    assertThat(codes(faults(reading, policy(api), api, BY_ROUTE, BY_TOKEN)))
        .containsExactly("route-is-no-source", "instances-differ");
    List<WiringFault> nobody = faults(reading, policy(api), api);
    assertThat(codes(nobody)).containsExactly("nobody-reported");
    assertThat(nobody.getFirst().severity()).isEqualTo(Severity.WARNING);
    assertThat(nobody.getFirst().what())
        .contains("`GRANTWAY_CACHE_KEY` `token` and `GRANTWAY_CACHE_TTL` `300s`");
  }

  @Test
  void whatIsSaidOfInstancesIsSaidOfThoseThatWereToldSo() {
    Api api = api(ApiType.REST, "GET /orders");
    var reading = reading(ROUTE, asks("GET /orders"));
    Declared minute = declared(CacheKey.TOKEN_AND_ROUTE, 60);
    Declared two = declared(CacheKey.TOKEN_AND_ROUTE, 120);
    List<StageWiring.Judged> judged =
        StageWiring.judged(
            reading,
            new StageWiring.Expected(
                policy(api),
                api,
                "",
                "header:Authorization",
                Set.of(minute, two, BY_ROUTE),
                TTL,
                8_192),
            NOW);
    assertThat(judged)
        .filteredOn(it -> it.fault().code().equals("ttl-differs"))
        .extracting(it -> it.told().orElseThrow())
        .containsExactlyInAnyOrder(minute, two);
    assertThat(judged)
        .filteredOn(it -> it.fault().code().equals("instances-differ"))
        .allMatch(it -> it.told().isEmpty());
  }

  private static Declared declared(CacheKey key, int ttl) {
    return new Declared(key, Duration.ofSeconds(ttl), "header:Authorization", false, false);
  }

  private static List<WiringFault> simple(
      Api api, List<String> sources, Permission... permissions) {
    var reading =
        new StageReading(
            "a1",
            ApiType.HTTP,
            "prod",
            true,
            true,
            api.routes().routes().stream().map(it -> asks(it.toString())).toList(),
            List.of(
                new AttachedAuthorizer(
                    "x1",
                    "grantway",
                    "",
                    "2.0",
                    new Attachment(ApiType.HTTP, false, sources, TTL, true, false))),
            List.of());
    return faults(
        reading,
        policy(api, permissions),
        api,
        new Declared(
            sources.size() == 1 ? CacheKey.TOKEN : CacheKey.TOKEN_AND_ROUTE,
            TTL,
            "header:Authorization",
            true,
            false));
  }

  @Test
  void simpleAnswersAreExactOnlyWhereAllOfARouteIsGrantedOrNone() {
    Api api = api(ApiType.HTTP, "GET /orders/{id}", "GET /reports/{id}", "GET /plain");
    var byRoute = List.of("$request.header.Authorization", "$context.routeKey", "$context.stage");
    assertThat(
            simple(
                api,
                byRoute,
                permission("all", "clerk", "/orders/{id}"),
                permission("plain", "viewer", "/plain")))
        .isEmpty();
    List<WiringFault> faults =
        simple(
            api,
            byRoute,
            permission("all", "clerk", "/orders/{id}"),
            permission("one", "ops", "/orders/42"),
            permission("two", "ops", "/reports/7"));
    assertThat(codes(faults)).containsExactly("simple-not-exact");
    assertThat(faults.getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(faults.getFirst().what()).contains("role `ops`").doesNotContain("clerk");
    assertThat(faults.getFirst().routes()).containsExactly("GET /orders/{id}", "GET /reports/{id}");
    assertThat(
            codes(
                simple(
                    api,
                    byRoute,
                    permission("one", "ops", "/orders/42"),
                    permission("all", "ops", "/orders/{id}"))))
        .as("a part beside the whole takes nothing away")
        .isEmpty();
    assertThat(
            codes(simple(api, byRoute.subList(0, 1), permission("all", "clerk", "/orders/{id}"))))
        .as("one boolean for all routes")
        .contains("simple-cached-by-token")
        .doesNotContain("simple-not-exact");
  }

  @Test
  void gatewayResponsesAreFactsJudgedAndDrift() {
    Api api = api(ApiType.REST, "GET /orders");
    var reading = reading(ROUTE, asks("GET /orders"));
    assertThat(codes(faults(reading.with(GatewayResponses.WANTED), policy(api), api, BY_ROUTE)))
        .isEmpty();
    var usual = GatewayResponse.of("UNAUTHORIZED", "401", new TreeMap<>(), new TreeMap<>(), false);
    assertThat(codes(faults(reading.with(List.of(usual)), policy(api), api, BY_ROUTE)))
        .containsExactly("no-challenge", "no-document-id", "outage-is-no-503");
    var wanted = WiringFacts.of(reading.with(GatewayResponses.WANTED), "");
    var without = WiringFacts.of(reading.with(List.of(usual)), "");
    assertThat(wanted.responses())
        .hasSize(4)
        .containsEntry(
            "UNAUTHORIZED",
            "401; gatewayresponse.header.WWW-Authenticate: 'Bearer';"
                + " application/json: {\"message\":\"Unauthorized\"}");
    assertThat(without.responses()).isEmpty();
    assertThat(without.drift(wanted))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.code()).isEqualTo("drift-gateway-responses");
              assertThat(it.severity()).isEqualTo(Severity.WARNING);
              assertThat(it.what()).contains("`ACCESS_DENIED`", "and 1 more");
            });
    assertThat(wanted.drift(wanted)).isEmpty();
    assertThat(wanted.drift(WiringFacts.of(reading, "")))
        .as("an earlier release was not told them")
        .isEmpty();
  }

  @Test
  void anotherAuthorizerAndNoneAtAllAreNamed() {
    Api api = api(ApiType.REST, "GET /orders", "GET /more", "GET /other");
    var reading =
        reading(
            ROUTE,
            asks("GET /orders"),
            asks("GET /more"),
            new AttachedRoute("GET /other", By.AUTHORIZER, "legacy", ""));
    assertThat(codes(faults(reading, policy(api), api, BY_ROUTE))).containsExactly("asks-another");
    assertThat(
            codes(
                faults(
                    reading(ROUTE, open("GET /orders"), open("GET /more"), open("GET /other")),
                    policy(api),
                    api,
                    BY_ROUTE)))
        .containsExactly("route-is-open", "authorizer-is-missing");
  }

  @Test
  void stagesAndKindsThatAreNotThereAreNamed() {
    Api api = api(ApiType.REST, "GET /orders");
    assertThat(codes(faults(StageReading.missing("a1", ApiType.REST, "prod"), policy(api), api)))
        .containsExactly("stage-not-deployed");
    assertThat(codes(faults(StageReading.missing("a1", ApiType.HTTP, "prod"), policy(api), api)))
        .containsExactly("kind-differs");
  }

  @Test
  void ofWebSocketApisTheConnectionAloneHasToAsk() {
    Api api = api(ApiType.WEBSOCKET, "$connect", "send");
    var sources = List.of("route.request.header.Authorization");
    for (boolean closed : new boolean[] {true, false}) {
      var reading =
          new StageReading(
              "a1",
              ApiType.WEBSOCKET,
              "prod",
              true,
              true,
              List.of(closed ? asks("$connect") : open("$connect"), open("send")),
              List.of(authorizer(ApiType.WEBSOCKET, sources, Duration.ZERO)),
              List.of());
      assertThat(
              codes(
                  faults(
                      reading,
                      policy(api),
                      api,
                      new Declared(
                          CacheKey.NONE, Duration.ZERO, "header:Authorization", false, false))))
          .isEqualTo(closed ? List.of() : List.of("route-is-open", "authorizer-is-missing"));
    }
  }

  @Test
  void whatIsEditedAndNotDeployedIsSaid() {
    Api api = api(ApiType.REST, "GET /orders");
    var reading =
        new StageReading(
            "a1",
            ApiType.REST,
            "prod",
            true,
            false,
            List.of(asks("GET /orders")),
            List.of(authorizer(ApiType.REST, ROUTE, TTL)),
            List.of("GET /orders: asks nobody"));
    assertThat(codes(faults(reading, policy(api), api, BY_ROUTE)))
        .containsExactly("not-deployed-yet", "read-as-edited");
  }

  @Test
  void driftIsToldByWhatItIsOf() {
    var before = WiringFacts.of(reading(ROUTE, asks("GET /a"), asks("GET /b")), "");
    assertThat(before.drift(before)).isEmpty();
    assertThat(before.drift(new WiringFacts(new TreeMap<>()))).isEmpty();
    var after = WiringFacts.of(reading(TOKEN, asks("GET /a"), open("GET /b"), asks("GET /c")), "");
    List<WiringFault> drift = after.drift(before);
    assertThat(codes(drift)).containsExactly("drift-cache-key", "drift-routes", "drift-attachment");
    assertThat(drift.getFirst().what())
        .isEqualTo(
            "what answers are cached under was `"
                + String.join(", ", ROUTE)
                + "` and is `"
                + TOKEN.getFirst()
                + "`");
    assertThat(drift.get(1).routes()).containsExactly("GET /c");
    assertThat(drift.get(2).routes()).containsExactly("GET /b");
    assertThat(
            codes(
                WiringFacts.of(StageReading.missing("a1", ApiType.REST, "prod"), "").drift(before)))
        .contains("drift-stage", "drift-authorizer", "drift-ttl", "drift-routes");
  }

  @Test
  void routesAreReadBackFromFacts() {
    var facts =
        WiringFacts.of(
            reading(
                ROUTE,
                asks("GET /a"),
                open("GET /b"),
                new AttachedRoute("GET /c", By.OTHER, "", "")),
            "");
    assertThat(facts.routes())
        .containsExactly(
            new WiringFacts.RouteFact("GET /a", By.AUTHORIZER, "grantway"),
            new WiringFacts.RouteFact("GET /b", By.NOTHING, ""),
            new WiringFacts.RouteFact("GET /c", By.OTHER, ""));
  }

  @Test
  void theFunctionIsReadOutOfItsUri() {
    assertThat(authorizer(ApiType.REST, ROUTE, TTL).function()).isEqualTo("arn:aws:lambda:f:live");
  }
}
