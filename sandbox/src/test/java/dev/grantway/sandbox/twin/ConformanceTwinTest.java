package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policyfile.CaseTable;
import dev.grantway.policyfile.CaseTables;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.sandbox.twin.http.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance tables of REST APIs against the gateway twin with the real authorizer behind it,
 * whole; {@link KindsTwinTest} puts them to the other kinds.
 */
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
                        .filter(row -> TableCalls.api(table, row).type() == ApiType.REST)
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
    Api api = TableCalls.api(table, row);
    try (RealWorld world =
        new RealWorld(
            table.policy(), api, test.stage(), TableCalls.alias(test), cacheKey, identitySources)) {
      test.context().now().ifPresent(world.clock::set);
      var caller = TableCalls.caller(world, test);
      String target = "/" + api.name() + "/" + test.stage() + test.path() + TableCalls.query(test);
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
    return TableCalls.names(test.by().orElseThrow());
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
}
