package dev.grantway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.Severity;
import dev.grantway.compile.CacheKey;
import dev.grantway.resource.ApiType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WiringTest {
  private static final Duration TTL = Duration.ofSeconds(300);
  private static final String TOKEN = "header:Authorization";

  private static Declared declared(String key) {
    boolean none = key.equals("none");
    return new Declared(CacheKey.parse(key), none ? Duration.ZERO : TTL, TOKEN, false, false);
  }

  private static Attachment request(ApiType api, Duration ttl, String... sources) {
    return new Attachment(api, false, List.of(sources), ttl, false, false);
  }

  private static List<String> codes(Attachment attached, Declared declared) {
    return Wiring.faults(attached, declared, TTL).stream().map(WiringFault::code).toList();
  }

  @ParameterizedTest
  @EnumSource(ApiType.class)
  void whatTheDeclaredKeyAsksForIsRight(ApiType api) {
    for (String key : List.of("none", "token", "token+route", "token+route+header:x+query:v")) {
      var declared = declared(key);
      var sources = Wiring.sourcesFor(api, declared).toArray(new String[0]);
      assertThat(codes(request(api, declared.cacheTtl(), sources), declared)).as(key).isEmpty();
    }
  }

  @Test
  void sourcesAreWrittenAsEachKindOfApiWritesThem() {
    var declared = declared("token+route+query:v");
    assertThat(Wiring.sourcesFor(ApiType.REST, declared))
        .containsExactly(
            "method.request.header.Authorization",
            "context.httpMethod",
            "context.resourcePath",
            "method.request.querystring.v");
    assertThat(Wiring.sourcesFor(ApiType.HTTP, declared))
        .containsExactly(
            "$request.header.Authorization",
            "$context.routeKey",
            "$context.stage",
            "$request.querystring.v");
    assertThat(Wiring.sourcesFor(ApiType.WEBSOCKET, declared("none")))
        .containsExactly("route.request.header.Authorization");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          REST,      token,             300, method.request.header.X-Key,                           token-is-no-source
          REST,      none,              0,   '',                                                    token-is-no-source
          REST,      token+route,       300, method.request.header.Authorization,                   route-is-no-source
          HTTP,      token+route,       300, $request.header.Authorization|$context.routeKey,       route-is-no-source
          REST,      token+header:x,    300, method.request.header.Authorization,                   declared-is-no-source
          REST,      none,              300, method.request.header.Authorization,                   cached-all-the-same
          REST,      token,             60,  method.request.header.Authorization,                   ttl-differs
          WEBSOCKET, token+route,       0,   route.request.header.Authorization,                    ''
          REST,      token,             300, method.request.header.authorization|context.httpMethod, ''
          """)
  void eachFaultIsNamed(ApiType api, String key, long seconds, String sources, String fault) {
    var split = sources.isEmpty() ? new String[0] : sources.split("\\|");
    assertThat(codes(request(api, Duration.ofSeconds(seconds), split), declared(key)))
        .isEqualTo(fault.isEmpty() ? List.of() : List.of(fault));
  }

  @Test
  void aTokenTypeKnowsNoRoutes() {
    var attached =
        new Attachment(
            ApiType.REST, true, List.of("method.request.header.Authorization"), TTL, false, false);
    assertThat(codes(attached, declared("token"))).isEmpty();
    assertThat(codes(attached, declared("token+route"))).containsExactly("token-type-under-route");
    var onHttp =
        new Attachment(
            ApiType.HTTP, true, List.of("$request.header.Authorization"), TTL, false, false);
    assertThat(codes(onHttp, declared("token"))).containsExactly("no-such-type");
  }

  @Test
  void aSimpleAnswerThatIsCachedWithoutTheRouteOpensRoutes() {
    var settings = new Declared(CacheKey.TOKEN_AND_ROUTE, TTL, TOKEN, true, false);
    var byToken =
        new Attachment(
            ApiType.HTTP, false, List.of("$request.header.Authorization"), TTL, true, false);
    assertThat(codes(byToken, settings)).contains("simple-cached-by-token");
    var byRoute =
        new Attachment(
            ApiType.HTTP, false, Wiring.sourcesFor(ApiType.HTTP, settings), TTL, true, false);
    assertThat(codes(byRoute, settings)).isEmpty();
    assertThat(codes(byRoute, declared("token+route"))).containsExactly("simple-differs");
    var onRest =
        new Attachment(
            ApiType.REST, false, Wiring.sourcesFor(ApiType.REST, settings), TTL, true, false);
    assertThat(codes(onRest, settings)).contains("no-such-answer");
  }

  @Test
  void aResourcePolicyNeedsTheFence() {
    var declared = declared("token");
    var attached =
        new Attachment(
            ApiType.REST, false, Wiring.sourcesFor(ApiType.REST, declared), TTL, false, true);
    assertThat(codes(attached, declared)).containsExactly("no-fence");
    assertThat(codes(attached, new Declared(CacheKey.TOKEN, TTL, TOKEN, false, true))).isEmpty();
  }

  @Test
  void aFenceWithoutAResourcePolicyIsNotedAndNoFault() {
    var fenced = new Declared(CacheKey.TOKEN, TTL, TOKEN, false, true);
    var attached =
        request(ApiType.REST, TTL, Wiring.sourcesFor(ApiType.REST, fenced).toArray(new String[0]));
    assertThat(Wiring.faults(attached, fenced, TTL))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("fence-without-policy");
              assertThat(fault.severity()).isEqualTo(Severity.NOTE);
            });
  }

  @ParameterizedTest
  @EnumSource(ApiType.class)
  void whatAnAttachmentNeedsIsWhatItWasMadeFor(ApiType api) {
    for (String key : List.of("none", "token", "token+route", "token+route+header:x+query:v")) {
      boolean keyless = api == ApiType.WEBSOCKET;
      var declared = declared(keyless ? "none" : key);
      var sources = Wiring.sourcesFor(api, declared).toArray(new String[0]);
      assertThat(Wiring.declaredFor(request(api, declared.cacheTtl(), sources), TOKEN))
          .as(key)
          .isEqualTo(declared);
    }
    var byType =
        new Attachment(ApiType.REST, true, List.of("method.request.header.x"), TTL, false, true);
    assertThat(Wiring.declaredFor(byType, "header:X"))
        .isEqualTo(new Declared(CacheKey.TOKEN, TTL, "header:X", false, true));
  }

  @Test
  void aTtlOverTheBudgetIsNamedWithBoth() {
    var declared = declared("token");
    var attached =
        request(
            ApiType.REST, TTL, Wiring.sourcesFor(ApiType.REST, declared).toArray(new String[0]));
    assertThat(Wiring.faults(attached, declared, Duration.ofSeconds(60)))
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.text())
                    .startsWith("ttl-over-budget: ")
                    .contains("300 s", "60 s", "lower the TTL"));
  }

  @Test
  void aTokenInTheQueryIsForWebSocketApis() {
    var declared = new Declared(CacheKey.NONE, Duration.ZERO, "query:access_token", false, false);
    for (ApiType api : ApiType.values()) {
      var sources = Wiring.sourcesFor(api, declared).toArray(new String[0]);
      assertThat(codes(request(api, Duration.ZERO, sources), declared))
          .as(api.name())
          .isEqualTo(api == ApiType.WEBSOCKET ? List.of() : List.of("token-in-query"));
    }
  }
}
