package dev.grantway.authorizer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TOKENS step 1: where events of every kind carry the token, and where it is never looked for. */
class TokenSourceTest {
  private static final TokenSource QUERY = TokenSource.parse("query:access_token");

  private static String said(TokenSource source, ApiKind kind, String event) throws Exception {
    var read = (Json.Obj) JsonReader.read(event, JsonLimits.PLATFORM);
    return switch (source.credential(kind, read)) {
      case Credential.Presented(var value) -> value;
      case Credential.None(var why) -> why.code();
    };
  }

  private static String header(ApiKind kind, String event) throws Exception {
    return said(TokenSource.AUTHORIZATION, kind, event);
  }

  @Test
  void identitySourceAndAnHttpApisAuthorizationTokenAreNeverRead() throws Exception {
    var traps =
        """
        {"authorizationToken": "Bearer trap", "identitySource": ["Bearer trap"], "headers": %s}\
        """;
    for (var kind :
        List.of(ApiKind.REST_REQUEST, ApiKind.HTTP_1, ApiKind.HTTP_2, ApiKind.WEBSOCKET)) {
      assertThat(header(kind, traps.formatted("{}"))).as(kind.name()).isEqualTo("no-token");
      assertThat(header(kind, traps.formatted("{\"authorization\": \"Bearer t\"}")))
          .as(kind.name())
          .isEqualTo("Bearer t");
    }
    assertThat(header(ApiKind.REST_TOKEN, traps.formatted("{\"authorization\": \"Bearer t\"}")))
        .isEqualTo("Bearer trap");
  }

  @Test
  void headersOfAllKindsFollowTheSameRule() throws Exception {
    for (var kind : List.of(ApiKind.REST_REQUEST, ApiKind.HTTP_1, ApiKind.WEBSOCKET)) {
      assertThat(
              header(
                  kind,
                  "{\"headers\":{\"Authorization\":\"a\"},\"multiValueHeaders\":{\"Authorization\":[\"b\"]}}"))
          .isEqualTo("token-header-contradiction");
      assertThat(
              header(
                  kind,
                  "{\"headers\":null,\"multiValueHeaders\":{\"Authorization\":[\"b\",null]}}"))
          .isEqualTo("token-header-repeated");
      assertThat(header(kind, "{\"headers\":{\"Authorization\":7}}")).isEqualTo("no-token");
    }
  }

  @Test
  void queryIsReadOnWebSocketOnlyAndByItsExactName() throws Exception {
    var event =
        """
        {"queryStringParameters": {"access_token": "%1$s", "Access_Token": "x"},
         "multiValueQueryStringParameters": {"access_token": ["%1$s"], "Access_Token": ["x"]}}\
        """;
    assertThat(said(QUERY, ApiKind.WEBSOCKET, event.formatted("a.b.c"))).isEqualTo("Bearer a.b.c");
    assertThat(said(QUERY, ApiKind.WEBSOCKET, event.formatted("Bearer a.b.c")))
        .isEqualTo("Bearer a.b.c");
    for (var kind : List.of(ApiKind.REST_REQUEST, ApiKind.HTTP_1, ApiKind.HTTP_2)) {
      assertThat(said(QUERY, kind, event.formatted("a.b.c"))).isEqualTo("no-token");
    }
    var twice = "{\"multiValueQueryStringParameters\":{\"access_token\":[\"a\",\"b\"]}}";
    assertThat(said(QUERY, ApiKind.WEBSOCKET, twice)).isEqualTo("token-header-repeated");
    assertThat(said(QUERY, ApiKind.WEBSOCKET, "{}")).isEqualTo("no-token");
    assertThat(header(ApiKind.WEBSOCKET, event.formatted("a.b.c"))).isEqualTo("no-token");
  }

  @Test
  void sourcesAreHeadersAndQueriesAndNothingElse() {
    assertThat(TokenSource.parse("header:X-Auth").name()).isEqualTo("X-Auth");
    for (var bad : List.of("", "header:", "query:", "cookie:a", "header:a b", "query:a b", "x")) {
      assertThatThrownBy(() -> TokenSource.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is neither `header:NAME`");
    }
  }
}
