package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static dev.grantway.sandbox.twin.HandWritten.answer;
import static dev.grantway.sandbox.twin.HandWritten.statement;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The twin knows the returned document and nothing else. */
class EnforcementTest {

  @Test
  void allowedRequestReachesTheBackendWithTheContext() throws Exception {
    try (World world = World.uncached(allowing("GET/orders/42"))) {
      var reply = world.authorized("GET", "/orders/42?a=1&a=2");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("x-twin-cache")).isEqualTo("off");
      assertThat(reply.body().replaceAll("\\s", ""))
          .contains("\"method\":\"GET\"", "\"path\":\"/orders/42\"", "\"id\":\"42\"")
          .contains("\"resource\":\"/orders/{id}\"", "\"a\":[\"1\",\"2\"]")
          .contains("\"authorizer\":{\"principalId\":\"p\",\"roles\":\"clerk\"}")
          .doesNotContain("Bearer");
    }
  }

  @Test
  void silenceIsAnImplicitDeny() throws Exception {
    try (World world = World.uncached(allowing("GET/orders/42"))) {
      var reply = world.authorized("GET", "/orders/43");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body())
          .isEqualTo("{\"Message\":\"User is not authorized to access this resource\"}");
      assertThat(reply.header("x-amzn-errortype")).isEqualTo("AccessDeniedException");
    }
  }

  @Test
  void denyStatementIsAnExplicitDeny() throws Exception {
    var authorizer =
        new HandWritten(answer(statement("Allow", "*") + "," + statement("Deny", "GET/orders/4?")));
    try (World world = World.uncached(authorizer)) {
      assertThat(world.authorized("GET", "/orders/5").status()).isEqualTo(200);
      var reply = world.authorized("GET", "/orders/42");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body())
          .isEqualTo(
              "{\"Message\":\"User is not authorized to access this resource with an explicit"
                  + " deny\"}");
    }
  }

  @Test
  void starInTheDocumentCrossesSlashes() throws Exception {
    try (World world = World.uncached(allowing("POST/orders/*"))) {
      assertThat(world.authorized("POST", "/orders/42/refunds").status()).isEqualTo(200);
      assertThat(world.authorized("GET", "/orders/42").status()).isEqualTo(403);
    }
  }

  @Test
  void addressConditionsSeeThePeerAndNotWhatItClaims() throws Exception {
    String conditional =
        statement("Allow", "GET/orders")
            .replace(
                "\"Effect\"",
                "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.2/32\"}},\"Effect\"");
    try (World world = World.uncached(new HandWritten(answer(conditional)))) {
      assertThat(world.call("GET", "/orders", "X-Forwarded-For: 127.0.0.2").status())
          .isEqualTo(403);
      try (RawHttp http = RawHttp.connectFrom("127.0.0.2", world.port())) {
        assertThat(http.request("GET", "/orders/prod/orders", "").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void publicRouteDoesNotRunTheAuthorizer() throws Exception {
    try (World world = World.perRoute(new HandWritten("not even JSON"))) {
      var reply = world.call("GET", "/health");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("x-twin-cache")).isEqualTo("off");
      assertThat(world.authorizer.events).isEmpty();
    }
  }
}
