package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** UI decision 5: a 403 has a URL that explains it, made of what the decision's line has too. */
class ExplainLinkTest {
  private static final Policy POLICY =
      ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();

  private static RealWorld world(String api) throws Exception {
    Api it = POLICY.apiNamed(api).orElseThrow();
    return switch (it.type()) {
      case REST -> new RealWorld(POLICY, it, "prod", "corp", "token+route", World.TOKEN_AND_ROUTE);
      case HTTP ->
          new RealWorld(
              POLICY,
              it,
              "prod",
              "corp",
              new RealWorld.Attached(
                  AuthorizerSettings.Kind.HTTP_2,
                  "token+route",
                  List.of("$request.header.Authorization", "$context.routeKey")));
      case WEBSOCKET ->
          new RealWorld(
              POLICY,
              it,
              "prod",
              "corp",
              new RealWorld.Attached(
                  AuthorizerSettings.Kind.WEBSOCKET,
                  "none",
                  List.of("route.request.header.Authorization")));
    };
  }

  private static Optional<String> link(Response response) {
    return response.headers().stream()
        .filter(header -> header.is("x-twin-explain"))
        .map(Header::value)
        .findFirst();
  }

  private static Map<String, String> parameters(String link) {
    assertThat(link).startsWith(RealWorld.ADMIN + "/explain?");
    var parameters = new HashMap<String, String>();
    for (String pair : URI.create(link).getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  @Test
  void theLinkOfA403CarriesWhatTheLineOfItsDecisionHas() throws Exception {
    try (RealWorld world = world("orders")) {
      String token = world.issuer.withRoles(List.of("ops", "secret-of-the-issuer"));
      var caller = new RealWorld.Caller(token);
      Response refused = world.call("POST", "/orders/prod/orders/4%202/refunds?a=b", caller);
      assertThat(refused.status()).isEqualTo(403);
      String link = link(refused).orElseThrow();
      Map<String, String> it = parameters(link);
      assertThat(world.line())
          .contains("\"by\":[\"ops-no-refunds\"]")
          .contains("\"document\":\"" + it.get("document") + "\"")
          .contains("\"revision\":" + it.get("revision") + ",")
          .contains("\"roles\":[\"" + it.get("roles") + "\"]")
          .contains("\"api\":\"" + it.get("api") + "\"")
          .contains("\"stage\":\"" + it.get("stage") + "\"")
          .contains("\"method\":\"" + it.get("method") + "\"");
      assertThat(it)
          .containsEntry("path", "/orders/4%202/refunds")
          .containsEntry("method", "POST")
          .containsEntry("roles", "ops")
          .containsEntry("at", world.clock.instant().toString());
      assertThat(link).doesNotContain(token, "alice", "secret-of-the-issuer");

      Response kept = world.call("POST", "/orders/prod/orders/43/refunds", caller);
      assertThat(RealWorld.cache(kept)).isEqualTo("hit");
      assertThat(parameters(link(kept).orElseThrow()))
          .containsEntry("document", it.get("document"))
          .containsEntry("path", "/orders/43/refunds");
    }
  }

  @Test
  void whatIsNotDecidedByThePolicyHasNoLink() throws Exception {
    try (RealWorld world = world("orders")) {
      var ops = new RealWorld.Caller(world.issuer.withRoles(List.of("ops")));
      assertThat(link(world.call("GET", "/orders/prod/orders", ops))).isEmpty();
      assertThat(link(world.call("GET", "/orders/prod/nowhere", ops))).isEmpty();
      assertThat(link(world.call("GET", "/orders/prod/orders", new RealWorld.Caller("no"))))
          .isEmpty();
    }
  }

  @Test
  void httpAndWebSocketApisHaveLinksToo() throws Exception {
    try (RealWorld world = world("billing")) {
      var caller = new RealWorld.Caller(world.issuer.withRoles(List.of("biller")));
      assertThat(
              parameters(
                  link(world.call("POST", "/billing/prod/invoices/7/pay", caller)).orElseThrow()))
          .containsEntry("path", "/invoices/7/pay")
          .containsEntry("roles", "biller");
    }
    try (RealWorld world = world("live")) {
      var caller = new RealWorld.Caller(world.issuer.withRoles(List.of("ops")));
      assertThat(parameters(link(world.connect("/live/prod", caller)).orElseThrow()))
          .containsEntry("method", "CONNECT")
          .containsEntry("path", "$connect")
          .containsEntry("roles", "");
    }
  }
}
