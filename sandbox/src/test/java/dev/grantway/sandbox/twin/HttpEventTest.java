package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GATEWAY, "Events and answers": what the authorizer of an HTTP API is sent. */
class HttpEventTest {
  private static final String TARGET =
      "/files/a%2Fb/c%20d/?q=a+b&q=%C3%BC&empty=&n=1,2#".replace("#", "");
  private static final String[] HEADERS = {
    "AUTHorization: Bearer x",
    "X-Twice: 1",
    "x-twice: 2",
    "Cookie: a=1; b=2",
    "cookie: c=3",
    "User-Agent: curl/8"
  };

  @Test
  void payload2CarriesTheRequestAsHttpApisDo() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      assertThat(world.call("PATCH", TARGET, HEADERS).status()).isEqualTo(200);

      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/version", "2.0")
          .containsEntry("/type", "REQUEST")
          .containsEntry("/routeArn", HandWritten.ARN + "PATCH/files/a/b/c d/")
          .containsEntry("/identitySource/0", "Bearer x")
          .containsEntry("/identitySource/1", "ANY /files/{path+}")
          .containsEntry("/identitySource/2", "prod")
          .containsEntry("/routeKey", "ANY /files/{path+}")
          .containsEntry("/rawPath", "/prod/files/a/b/c d/")
          .containsEntry("/rawQueryString", "q=a+b&q=%C3%BC&empty=&n=1,2")
          .containsEntry("/cookies/0", "a=1")
          .containsEntry("/cookies/1", "b=2")
          .containsEntry("/cookies/2", "c=3")
          .containsEntry("/headers/authorization", "Bearer x")
          .containsEntry("/headers/x-twice", "1,2")
          .containsEntry("/headers/x-forwarded-for", "127.0.0.1")
          .containsEntry("/queryStringParameters/q", "a b,ü")
          .containsEntry("/queryStringParameters/empty", "")
          .containsEntry("/pathParameters/path", "a/b/c d/")
          .containsEntry("/stageVariables/tier", "gold")
          .containsEntry("/requestContext/apiId", "a1b2c3d4e5")
          .containsEntry("/requestContext/stage", "prod")
          .containsEntry("/requestContext/routeKey", "ANY /files/{path+}")
          .containsEntry("/requestContext/http/method", "PATCH")
          .containsEntry("/requestContext/http/path", "/prod/files/a/b/c d/")
          .containsEntry("/requestContext/http/sourceIp", "127.0.0.1")
          .containsEntry("/requestContext/http/userAgent", "curl/8")
          .containsEntry("/requestContext/time", "22/Nov/2026:10:00:00 +0000")
          .containsEntry("/requestContext/timeEpoch", "1795341600000")
          .doesNotContainKeys("/headers/cookie", "/headers/X-Twice", "/methodArn");
    }
  }

  @Test
  void payload1CarriesTheRequestAsHttpApisDo() throws Exception {
    try (HttpWorld world = HttpWorld.perRoute(Kind.HTTP_1, new HandWritten(HttpWorld.ALLOW_ALL))) {
      assertThat(world.call("PATCH", TARGET, HEADERS).status()).isEqualTo(200);

      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry("/version", "1.0")
          .containsEntry("/type", "REQUEST")
          .containsEntry("/methodArn", HandWritten.ARN + "PATCH/files/a/b/c d/")
          .containsEntry("/identitySource", "Bearer x,ANY /files/{path+},prod")
          .containsEntry("/authorizationToken", "Bearer x,ANY /files/{path+},prod")
          .containsEntry("/resource", "/files/{path+}")
          .containsEntry("/path", "/prod/files/a/b/c d/")
          .containsEntry("/httpMethod", "PATCH")
          .containsEntry("/headers/AUTHorization", "Bearer x")
          .containsEntry("/headers/X-Twice", "2")
          .containsEntry("/queryStringParameters/q", "ü")
          .containsEntry("/pathParameters/path", "a/b/c d/")
          .containsEntry("/stageVariables/tier", "gold")
          .containsEntry("/requestContext/resourcePath", "/files/{path+}")
          .containsEntry("/requestContext/httpMethod", "PATCH")
          .containsEntry("/requestContext/stage", "prod")
          .containsEntry("/requestContext/identity/sourceIp", "127.0.0.1")
          .doesNotContainKeys("/routeArn", "/multiValueHeaders/X-Twice/0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/billing/$default/invoices/4%32, /invoices/42, GET /invoices/{id}",
    "/billing/invoices/4%32, /invoices/42, GET /invoices/{id}",
    "/billing/invoices, /invoices, GET /invoices",
    "/billing, /, GET /",
    "/billing/, /, GET /",
    "/billing/$default, /, GET /",
    "/billing/invoices/, /invoices/, $default",
    "/billing/product, /product, $default",
    "/billing/%2e%2e/%ff, /%2e%2e/%ff, $default",
    "/billing/a%zz%2fb%, /a%zz/b%, $default"
  })
  void theDefaultStageHasNoNameInPaths(String target, String path, String routeKey)
      throws Exception {
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      var reply = RawHttp.send(world.twin.port(), "GET", target);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(EventMembers.of(world.authorizer.events.getFirst()))
          .containsEntry(
              "/routeArn", HandWritten.ARN.replace("/prod/", "/$default/") + "GET" + path)
          .containsEntry("/rawPath", path)
          .containsEntry("/routeKey", routeKey)
          .containsEntry("/requestContext/stage", "$default")
          .containsEntry("/stageVariables/tier", "tin")
          .doesNotContainKey("/identitySource/0");
    }
  }

  @Test
  void whatIsAbsentIsLeftOutOfPayload2() throws Exception {
    try (HttpWorld world = HttpWorld.uncached(Kind.HTTP_2, new HandWritten(HttpWorld.ALLOW_ALL))) {
      world.call("GET", "/invoices");
      assertThat(world.authorizer.events.getFirst())
          .contains("\"rawQueryString\":\"\"", "\"identitySource\":[]")
          .doesNotContain("cookies", "queryStringParameters", "pathParameters");
    }
  }

  /** Client certificates need mutual TLS, which the twin does not speak. */
  private static final Set<String> ONLY_WHERE_CONFIGURED =
      Set.of("/requestContext/authentication", "/requestContext/identity/apiKey");

  @Test
  void everyMemberOfTheSampleEventsIsThere() throws Exception {
    for (Kind kind : List.of(Kind.HTTP_1, Kind.HTTP_2)) {
      boolean one = kind == Kind.HTTP_1;
      Set<String> sample =
          new TreeSet<>(
              EventMembers.of(
                      EventMembers.sample(
                          one ? "http10.json" : "http20.json",
                          "{\"version\":\"\",\"type\":\"\",\"requestContext\":{\"stage\":\"\"}}"))
                  .keySet());
      sample.removeIf(
          name ->
              ONLY_WHERE_CONFIGURED.stream().anyMatch(name::startsWith)
                  || name.matches("/(headers|queryStringParameters|pathParameters|stageVar.*)/.*"));
      try (HttpWorld world = HttpWorld.perRoute(kind, new HandWritten(HttpWorld.ALLOW_ALL))) {
        world.call("GET", "/invoices/1?q=1", HEADERS);
        assertThat(EventMembers.of(world.authorizer.events.getFirst()).keySet())
            .as("%s", kind)
            .containsAll(sample);
      }
    }
  }
}
