package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** GATEWAY, "Events and answers": what the authorizer is sent. */
class EventTest {

  @Test
  void tokenEventHasThreeMembers() throws Exception {
    try (World world = World.token(allowing("*"))) {
      world.call("GET", "/", "authorization: Bearer x");
      assertThat(world.authorizer.events)
          .containsExactly(
              "{\"type\":\"TOKEN\",\"methodArn\":\""
                  + HandWritten.ARN
                  + "GET/\",\"authorizationToken\":\"Bearer x\"}");
    }
  }

  @Test
  void requestEventCarriesTheRequestAsItCame() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      world.call(
          "POST",
          "/orders/4%32/refunds/?q=a+b&q=%C3%BC&empty=&bare&%zz=1",
          "aUTHorization: Bearer x",
          "X-Twice: 1",
          "x-twice: 2",
          "User-Agent: curl/8");

      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/type", "REQUEST")
          .containsEntry("/methodArn", HandWritten.ARN + "POST/orders/4%32/refunds/")
          .containsEntry("/resource", "/orders/{id}/refunds")
          .containsEntry("/path", "/orders/4%32/refunds/")
          .containsEntry("/httpMethod", "POST")
          .containsEntry("/headers/aUTHorization", "Bearer x")
          .containsEntry("/headers/X-Twice", "2")
          .containsEntry("/headers/X-Forwarded-For", "127.0.0.1")
          .containsEntry("/multiValueHeaders/X-Twice/0", "1")
          .containsEntry("/multiValueHeaders/X-Twice/1", "2")
          .containsEntry("/queryStringParameters/q", "ü")
          .containsEntry("/multiValueQueryStringParameters/q/0", "a b")
          .containsEntry("/multiValueQueryStringParameters/q/1", "ü")
          .containsEntry("/queryStringParameters/empty", "")
          .containsEntry("/queryStringParameters/bare", "")
          .containsEntry("/queryStringParameters/%zz", "1")
          .containsEntry("/pathParameters/id", "4%32")
          .containsEntry("/stageVariables/tier", "gold")
          .containsEntry("/requestContext/resourcePath", "/orders/{id}/refunds")
          .containsEntry("/requestContext/path", "/prod/orders/4%32/refunds/")
          .containsEntry("/requestContext/httpMethod", "POST")
          .containsEntry("/requestContext/apiId", "a1b2c3d4e5")
          .containsEntry("/requestContext/stage", "prod")
          .containsEntry("/requestContext/accountId", "123456789012")
          .containsEntry("/requestContext/protocol", "HTTP/1.1")
          .containsEntry("/requestContext/requestTime", "22/Nov/2026:10:00:00 +0000")
          .containsEntry("/requestContext/requestTimeEpoch", "1795341600000")
          .containsEntry("/requestContext/identity/sourceIp", "127.0.0.1")
          .containsEntry("/requestContext/identity/userAgent", "curl/8")
          .doesNotContainKey("/headers/x-twice");
    }
  }

  @Test
  void greedyVariableTakesTheRestOfThePath() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      world.authorized("PATCH", "/files/a/b%2Fc/d/");
      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/pathParameters/path", "a/b%2Fc/d")
          .containsEntry("/httpMethod", "PATCH");
    }
  }

  @Test
  void forwardedForKeepsWhatTheClientClaimsInFront() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      world.call("GET", "/orders", "Authorization: t", "x-forwarded-for: 8.8.8.8");
      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/headers/X-Forwarded-For", "8.8.8.8, 127.0.0.1")
          .containsEntry("/requestContext/identity/sourceIp", "127.0.0.1")
          .doesNotContainKey("/headers/x-forwarded-for");
    }
  }

  /** Members of the samples that AWS fills only with API keys or client certificates. */
  private static final Set<String> ONLY_WHERE_CONFIGURED =
      Set.of("/requestContext/identity/clientCert");

  @Test
  void everyMemberOfTheSampleEventIsThere() throws Exception {
    String sample =
        EventMembers.sample(
            "rest_request.json",
            """
            {"type":"","methodArn":"","resource":"","path":"","httpMethod":"","headers":{},
            "pathParameters":{},"stageVariables":{},"requestContext":{"path":"","stage":""}}
            """);
    try (World world = World.perRoute(allowing("*"))) {
      world.call("GET", "/orders/1?q=0&q=1", "Authorization: t", "Accept: */*", "User-Agent: u");
      Set<String> ours = members(world.authorizer.events.getFirst());
      Set<String> expected = members(sample);
      expected.removeIf(
          name -> ONLY_WHERE_CONFIGURED.stream().anyMatch(name::startsWith) || name.endsWith("/S"));
      assertThat(ours).containsAll(expected);
    }
  }

  private static Set<String> members(String json) throws IOException {
    return new TreeSet<>(EventMembers.of(json).keySet());
  }
}
