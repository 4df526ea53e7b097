package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.grantway.decision.ClaimValue;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policyfile.CaseTable;
import dev.grantway.policyfile.CaseTables;
import dev.grantway.policyfile.PolicyTest;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance tables against the gateway twin with the real authorizer behind it. */
class ConformanceTwinTest {

  @TestFactory
  Stream<DynamicContainer> everyRowIsAnsweredAsItSaysWithoutACache() {
    return tables("none", List.of());
  }

  @TestFactory
  Stream<DynamicContainer> everyRowIsAnsweredAsItSaysUnderTokenAndRoute() {
    return tables("token+route", World.TOKEN_AND_ROUTE);
  }

  @TestFactory
  Stream<DynamicContainer> everyRowIsAnsweredAsItSaysUnderTheTokenAlone() {
    return tables("token", World.TOKEN_AND_ROUTE.subList(0, 1));
  }

  private static Stream<DynamicContainer> tables(String cacheKey, List<String> identitySources) {
    return CaseTables.all().stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(),
                    table.rows().stream()
                        .filter(row -> row.twin() != CaseTable.Twin.SKIP)
                        .map(
                            row ->
                                DynamicTest.dynamicTest(
                                    row.toString(),
                                    () -> check(table, row, cacheKey, identitySources)))));
  }

  private static void check(
      CaseTable table, CaseTable.Row row, String cacheKey, List<String> identitySources)
      throws Exception {
    PolicyTest test = row.test();
    Api api = table.policy().apiNamed(test.api()).orElseThrow();
    String alias = test.caller().issuer().isEmpty() ? "nobody" : test.caller().issuer();
    try (RealWorld world =
        new RealWorld(table.policy(), api, test.stage(), alias, cacheKey, identitySources)) {
      test.context().now().ifPresent(world.clock::set);
      var caller = caller(world, test);
      String target = "/" + api.name() + "/" + test.stage() + test.path() + query(test);
      Response first = world.call(test.method(), target, caller);
      Response second = world.call(test.method(), target, caller);

      expect(row, api, cacheKey, first);
      if (cacheKey.equals("none") && follows(test, first)) {
        assertThat(world.determinedBy()).as("%s", row).isEqualTo(by(test));
      }
      assertThat(second.status()).as("%s, asked again", row).isEqualTo(first.status());
    }
  }

  /** True where the authorizer decided and nothing was narrowed. */
  private static boolean follows(PolicyTest test, Response response) {
    boolean decided =
        response.status() == 200 && !RealWorld.body(response).contains("\"authorizer\" : { }")
            || RealWorld.body(response).contains("User is not authorized");
    return decided && (response.status() == 200) == (test.expect() == Effect.ALLOW);
  }

  private static String by(PolicyTest test) {
    return test.by().orElseThrow().stream()
        .map(id -> "\"" + id + "\"")
        .collect(Collectors.joining(","));
  }

  private static void expect(CaseTable.Row row, Api api, String cacheKey, Response response) {
    PolicyTest test = row.test();
    String what = row + " under " + cacheKey + ": " + RealWorld.body(response);
    RequestPath path = RequestPath.of(test.path());
    if (api.routes().route(Action.valueOf(test.method()), path).isEmpty()) {
      assertThat(test.expect()).as(what).isEqualTo(Effect.DENY);
      assertThat(RealWorld.body(response)).as(what).contains("Missing Authentication Token");
    } else if (row.twin() == CaseTable.Twin.OK) {
      assertThat(response.status()).as(what).isEqualTo(200);
      assertThat(RealWorld.cache(response)).isEqualTo("off");
    } else if (test.expect() == Effect.DENY) {
      assertThat(response.status()).as(what).isEqualTo(403);
      assertThat(RealWorld.body(response)).as(what).contains("User is not authorized");
    } else if (mayBeNarrowed(test, path, cacheKey)) {
      assertThat(response.status()).as(what).isIn(200, 403);
    } else {
      assertThat(response.status()).as(what).isEqualTo(200);
    }
  }

  /**
   * Where a document may refuse what is granted: GATEWAY rule 5 for {@code none}; for {@code token}
   * and {@code token+route} what its key lacks (the law of the key) and irregular paths (COMP-02).
   */
  private static boolean mayBeNarrowed(PolicyTest test, RequestPath path, String cacheKey) {
    return cacheKey.equals("none")
        ? test.path().chars().anyMatch(c -> c == '*' || c == '?' || c == '$')
        : !path.isRegular()
            || !test.context().headers().isEmpty()
            || !test.context().query().isEmpty();
  }

  private static RealWorld.Caller caller(RealWorld world, PolicyTest test) throws JOSEException {
    PolicyTest.Caller asked = test.caller();
    var claims = new HashMap<String, Object>();
    asked.claims().forEach((name, value) -> claims.put(name, json(value)));
    claims.put("roles", asked.roles());
    claims.put("groups", asked.groups());
    claims.put("scope", String.join(" ", asked.scopes()));
    if (!asked.sub().isEmpty()) {
      claims.put("sub", asked.sub());
    }
    if (!asked.client().isEmpty()) {
      claims.put("client_id", asked.client());
    }
    List<Header> headers =
        test.context().headers().entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(v -> new Header(entry.getKey(), v)))
            .toList();
    String address = test.context().sourceIp();
    return new RealWorld.Caller(
        world.issuer.token(claims), address.isEmpty() ? "127.0.0.1" : address, headers);
  }

  private static Object json(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> text;
      case ClaimValue.Number(var number) -> number;
      case ClaimValue.Bool(var bool) -> bool;
      case ClaimValue.Items(var items) -> items.stream().map(ConformanceTwinTest::json).toList();
      case ClaimValue.Opaque opaque -> Map.of();
    };
  }

  private static String query(PolicyTest test) {
    String pairs =
        test.context().query().entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(value -> encode(entry.getKey()) + "=" + encode(value)))
            .collect(Collectors.joining("&"));
    return pairs.isEmpty() ? "" : "?" + pairs;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
