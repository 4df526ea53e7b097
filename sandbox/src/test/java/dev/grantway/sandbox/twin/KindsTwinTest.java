package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.CaseTable;
import dev.grantway.policyfile.CaseTables;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.policyfile.TestRun;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import dev.grantway.sandbox.twin.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conformance tables through every other kind of API, under every cache key: those of REST APIs
 * as TOKEN events, and as if their API were an HTTP API, whose answer is then that of the one
 * {@code decide} for what an HTTP API hands on. A sample of the rows, by a seed that is printed:
 * {@code -Dgrantway.kinds.seed=N} repeats it, {@code -Dgrantway.kinds.share=1.0} takes all.
 */
class KindsTwinTest {
  private static final long SEED = Long.getLong("grantway.kinds.seed", System.nanoTime());
  private static final double SHARE =
      Double.parseDouble(System.getProperty("grantway.kinds.share", "0.2"));
  private static final List<String> TOKEN = HttpWorld.TOKEN_AND_ROUTE.subList(0, 1);

  private static Stream<RealWorld.Attached> attached() {
    var token = List.of("method.request.header.Authorization");
    return Stream.concat(
        Stream.of(
            new RealWorld.Attached(Kind.TOKEN, "token", token),
            new RealWorld.Attached(Kind.HTTP_2_SIMPLE, "none", List.of()),
            new RealWorld.Attached(Kind.HTTP_2_SIMPLE, "token+route", HttpWorld.TOKEN_AND_ROUTE)),
        Stream.of(Kind.HTTP_1, Kind.HTTP_2)
            .flatMap(
                kind ->
                    Stream.of(
                        new RealWorld.Attached(kind, "none", List.of()),
                        new RealWorld.Attached(kind, "token+route", HttpWorld.TOKEN_AND_ROUTE),
                        new RealWorld.Attached(kind, "token", TOKEN))));
  }

  @ParameterizedTest
  @MethodSource("attached")
  void rowsAreAnsweredAsTheirDecisionSays(RealWorld.Attached attached) throws Exception {
    var random = new Random(SEED + attached.hashCode());
    int asked = 0;
    int granted = 0;
    int sampledAllows = 0;
    for (CaseTable table : CaseTables.all()) {
      for (CaseTable.Row row : table.rows()) {
        ApiType type = TableCalls.api(table, row).type();
        boolean own = type == ApiType.HTTP;
        if (row.twin() != CaseTable.Twin.SKIP
            && (type == ApiType.REST || own && attached.kind().api() == ApiType.HTTP)
            && (own || random.nextDouble() < SHARE)) {
          var asking = new Asking(table, row, attached);
          asked++;
          sampledAllows += asking.decision().isAllowed() ? 1 : 0;
          granted += asking.check() ? 1 : 0;
        }
      }
    }
    System.out.printf(
        "%s: %d rows, %d allowed, %d granted, -Dgrantway.kinds.seed=%d%n",
        attached, asked, sampledAllows, granted, SEED);
    assertThat(granted).as("grants of %d", sampledAllows).isGreaterThan(sampledAllows / 4);
  }

  /** One row, put to one kind of API. */
  private static final class Asking {
    private final CaseTable.Row row;
    private final PolicyTest test;
    private final RealWorld.Attached attached;
    private final Policy policy;
    private final Api api;
    private final String seen;
    private final Decision decision;

    Asking(CaseTable table, CaseTable.Row row, RealWorld.Attached attached) {
      this.row = row;
      this.test = row.test();
      this.attached = attached;
      boolean http = attached.kind().api() == ApiType.HTTP;
      this.policy = http ? asHttp(table.policy()) : table.policy();
      this.api = policy.apiNamed(test.api()).orElseThrow();
      this.seen = http ? PercentEncoding.decoded(test.path()) : test.path();
      this.decision = decided();
    }

    Decision decision() {
      return decision;
    }

    private Decision decided() {
      var question = new TestRun(policy, new TestClock()).question(test);
      RequestContext context = question.context();
      return new PolicyDecider(policy)
          .decide(
              new PolicyDecider.Question(
                  question.caller(),
                  question.api(),
                  question.stage(),
                  question.action(),
                  seen,
                  "",
                  new RequestContext(
                      context.sourceIp(),
                      handedOn(context.headers(), false),
                      handedOn(context.query(), true),
                      context.now())))
          .decision();
    }

    /** Values of one name: payload 1.0 has the last, 2.0 all of them joined and by pieces. */
    private Map<String, List<String>> handedOn(Map<String, List<String>> values, boolean query) {
      var handed = new TreeMap<String, List<String>>();
      values.forEach(
          (name, all) -> {
            switch (attached.kind()) {
              case TOKEN, REQUEST, WEBSOCKET -> handed.put(name, all);
              case HTTP_1 -> handed.put(name, List.of(all.getLast()));
              case HTTP_2, HTTP_2_SIMPLE -> {
                String joined = String.join(",", all);
                var counted = new ArrayList<>(List.of(joined));
                if (joined.contains(",")) {
                  Stream.of(joined.split(",", -1)).map(String::strip).forEach(counted::add);
                }
                if (query) {
                  counted.addAll(all);
                }
                handed.put(name, counted);
              }
            }
          });
      return handed;
    }

    /** Asks twice; true where it was let through. */
    boolean check() throws Exception {
      try (RealWorld world =
          new RealWorld(policy, api, test.stage(), TableCalls.alias(test), attached)) {
        test.context().now().ifPresent(world.clock::set);
        var caller = TableCalls.caller(world, test);
        String target =
            "/" + api.name() + "/" + test.stage() + test.path() + TableCalls.query(test);
        Response first = world.call(test.method(), target, caller);
        Response second = world.call(test.method(), target, caller);
        String what = row + ", " + attached + ": " + RealWorld.body(first);

        expect(what, first);
        boolean wasAsked = route(test.path()).isPresent() && row.twin() != CaseTable.Twin.OK;
        if (attached.cacheKey().equals("none")
            && wasAsked
            && agrees()
            && (first.status() == 200) == decision.isAllowed()) {
          assertThat(world.determinedBy()).as(what).isEqualTo(TableCalls.names(decision.by()));
        }
        assertThat(second.status()).as("%s, asked again", what).isEqualTo(first.status());
        return first.status() == 200;
      }
    }

    private void expect(String what, Response response) {
      if (route(test.path()).isEmpty()) {
        assertThat(response.status())
            .as(what)
            .isEqualTo(attached.kind().api() == ApiType.HTTP ? 404 : 403);
      } else if (row.twin() == CaseTable.Twin.OK) {
        assertThat(response.status()).as(what).isEqualTo(200);
      } else if (!decision.isAllowed() || !agrees() && !attached.cacheKey().equals("token")) {
        assertThat(response.status()).as(what).isEqualTo(403);
      } else if (mayBeNarrowed()) {
        assertThat(response.status()).as(what).isIn(200, 403);
      } else {
        assertThat(response.status()).as(what).isEqualTo(200);
      }
    }

    /** The route of that path in what the twin serves. */
    private Optional<Route> route(String path) {
      return api.routes().route(Action.valueOf(test.method()), RequestPath.of(path));
    }

    /** Whether the path that was routed and the path of the ARN lead to the same route. */
    private boolean agrees() {
      return route(test.path()).equals(route(seen));
    }

    private boolean mayBeNarrowed() {
      boolean simple = attached.kind() == Kind.HTTP_2_SIMPLE;
      if (attached.cacheKey().equals("none")) {
        return !simple
            && seen.chars().anyMatch(c -> "*?$".indexOf(c) >= 0 || Character.isISOControl(c));
      }
      return simple
          || !RequestPath.of(seen).isRegular()
          || !test.context().headers().isEmpty()
          || !test.context().query().isEmpty();
    }

    private static Policy asHttp(Policy policy) {
      return new Policy(
          policy.apis().stream()
              .map(
                  api ->
                      api.type() != ApiType.REST
                          ? api
                          : new Api(
                              api.id(),
                              api.name(),
                              api.stages(),
                              new RouteTable(ApiType.HTTP, api.routes().routes()),
                              api.allowUnconfirmedRouteTable()))
              .toList(),
          policy.roles(),
          policy.permissions(),
          policy.assignments(),
          policy.rules());
    }
  }

  /** A row is about a route key: whoever may not connect may not use any. */
  @Test
  void rowsOfWebSocketApisAreAnsweredByTheConnectionAndTheBackend() throws Exception {
    var attached =
        new RealWorld.Attached(
            Kind.WEBSOCKET, "none", List.of("route.request.header.Authorization"));
    int rows = 0;
    for (CaseTable table : CaseTables.all()) {
      for (CaseTable.Row row : table.rows()) {
        Api api = TableCalls.api(table, row);
        if (api.type() == ApiType.WEBSOCKET && row.twin() != CaseTable.Twin.SKIP) {
          rows++;
          PolicyTest test = row.test();
          try (RealWorld world =
              new RealWorld(table.policy(), api, test.stage(), TableCalls.alias(test), attached)) {
            var answer =
                world.connect(
                    "/" + api.name() + "/" + test.stage(), TableCalls.caller(world, test));
            boolean allowed = answer.status() == 101 && mayUse(test.path(), answer);
            assertThat(allowed)
                .as("%s: %s", row, answer.status())
                .isEqualTo(test.expect() == dev.grantway.policy.Effect.ALLOW);
          }
        }
      }
    }
    assertThat(rows).isGreaterThan(4);
  }

  private static boolean mayUse(String key, Response open) throws InterruptedException {
    String message = key.startsWith("$") ? "" : "{\"action\":\"" + key + "\"}";
    return key.equals("$connect")
        || open.upgrade()
            .orElseThrow()
            .conversation()
            .reply(message)
            .contains("\"routeKey\":\"" + key + "\"");
  }
}
