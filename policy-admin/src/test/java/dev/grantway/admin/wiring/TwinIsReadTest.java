package dev.grantway.admin.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.policy.Api;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.AuthorizerSettings;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.StageConfiguration;
import dev.grantway.sandbox.twin.TwinConfiguration;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.store.WiredStage;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.StageReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample APIs in the gateway twin, read as deployed APIs on AWS are. */
class TwinIsReadTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TTL = Duration.ofSeconds(300);
  private static final String POLICY = "{\"Statement\":[]}";

  private final InProcessFunction function =
      new InProcessFunction((input, output, context) -> output.write('{'), line -> {});
  private final List<Api> apis = World.sample().apis();
  private GatewayTwin twin;
  private AwsWiringReader reader;

  @BeforeEach
  void start() throws Exception {
    var stages = new ArrayList<StageConfiguration>();
    for (Api api : apis) {
      for (String stage : List.of("prod", "dev")) {
        stages.add(
            new StageConfiguration(
                api.id().value(),
                api.name(),
                stage,
                api::routes,
                attached(api.type(), stage),
                Map.of(),
                api.type() == ApiType.REST ? Optional.of(POLICY) : Optional.empty()));
      }
    }
    twin = GatewayTwin.start(TwinConfiguration.of(0, stages, Clock.systemUTC(), line -> {}));
    String url = "http://127.0.0.1:" + twin.port();
    reader =
        new AwsWiringReader(
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL_API_GATEWAY", url,
                "AWS_ENDPOINT_URL_APIGATEWAYV2", url));
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private AuthorizerSettings attached(ApiType type, String stage) {
    return switch (type) {
      case REST ->
          stage.equals("dev")
              ? AuthorizerSettings.token(TTL, TIMEOUT, function)
              : AuthorizerSettings.request(FakeWiring.BY_ROUTE, TTL, TIMEOUT, function);
      case HTTP ->
          AuthorizerSettings.http(
              AuthorizerSettings.Kind.HTTP_2_SIMPLE,
              List.of("$request.header.Authorization", "$context.routeKey", "$context.stage"),
              Duration.ofSeconds(30),
              TIMEOUT,
              function);
      case WEBSOCKET ->
          AuthorizerSettings.webSocket(
              List.of("route.request.querystring.token"), TIMEOUT, function);
    };
  }

  private Api api(ApiType type) {
    return apis.stream().filter(it -> it.type() == type).findFirst().orElseThrow();
  }

  private StageReading read(ApiType type, String stage) {
    return reader.read(
        new WiredStage(api(type).id(), stage, "", "", "header:Authorization", "ana", Instant.EPOCH),
        type);
  }

  /** Every route, and nobody is asked for public ones; of WebSocket APIs only to connect. */
  private static void assertRoutes(StageReading reading, RouteTable table) {
    assertThat(reading.routes())
        .extracting(AttachedRoute::route)
        .containsExactlyInAnyOrderElementsOf(
            table.routes().stream()
                .filter(it -> it.state() != Route.State.GONE)
                .map(Route::toString)
                .toList());
    for (AttachedRoute route : reading.routes()) {
      boolean asked =
          table.type() == ApiType.WEBSOCKET
              ? route.route().equals("$connect")
              : table.written(route.route()).orElseThrow().access() != Route.Access.PUBLIC;
      assertThat(route.by()).as(route.route()).isEqualTo(asked ? By.AUTHORIZER : By.NOTHING);
      assertThat(route.handle()).as(route.route()).isNotEmpty();
    }
  }

  private static AttachedAuthorizer ours(StageReading reading) {
    AttachedAuthorizer ours = reading.authorizer("").orElseThrow();
    assertThat(ours.id()).isNotEmpty();
    assertThat(ours.function()).endsWith(":function:grantway-authorizer");
    return ours;
  }

  @Test
  void eachKindIsReadAsItIsConfigured() {
    StageReading rest = read(ApiType.REST, "prod");
    assertRoutes(rest, api(ApiType.REST).routes());
    assertThat(rest.pending()).isEmpty();
    assertThat(ours(rest).attachment())
        .isEqualTo(new Attachment(ApiType.REST, false, FakeWiring.BY_ROUTE, TTL, false, true));
    assertThat(rest.responses())
        .hasSize(21)
        .noneMatch(GatewayResponse::own)
        .anySatisfy(
            it -> {
              assertThat(it.type()).isEqualTo("AUTHORIZER_CONFIGURATION_ERROR");
              assertThat(it.status()).isEqualTo("500");
              assertThat(it.templates()).containsOnlyKeys("application/json");
            });
    StageReading http = read(ApiType.HTTP, "prod");
    assertThat(http.responses()).isEmpty();
    assertRoutes(http, api(ApiType.HTTP).routes());
    assertThat(http.asDeployed()).isTrue();
    assertThat(http.pending()).isEmpty();
    assertThat(ours(http).payload()).isEqualTo("2.0");
    assertThat(ours(http).attachment())
        .isEqualTo(
            new Attachment(
                ApiType.HTTP,
                false,
                List.of("$request.header.Authorization", "$context.routeKey", "$context.stage"),
                Duration.ofSeconds(30),
                true,
                false));
    StageReading live = read(ApiType.WEBSOCKET, "prod");
    assertRoutes(live, api(ApiType.WEBSOCKET).routes());
    assertThat(live.asDeployed()).isFalse();
    assertThat(ours(live).attachment())
        .isEqualTo(
            new Attachment(
                ApiType.WEBSOCKET,
                false,
                List.of("route.request.querystring.token"),
                Duration.ZERO,
                false,
                false));
  }

  @Test
  void aStageThatWasDeployedOtherwiseIsReadAsItWasDeployed() {
    StageReading dev = read(ApiType.REST, "dev");
    assertThat(ours(dev).attachment())
        .isEqualTo(
            new Attachment(
                ApiType.REST,
                true,
                List.of("method.request.header.Authorization"),
                TTL,
                false,
                true));
    assertThat(dev.pending()).isNotEmpty().allMatch(it -> it.contains(" in place of "));
  }

  @Test
  void aStageThatTheTwinDoesNotHaveIsNotDeployed() {
    for (ApiType type : ApiType.values()) {
      assertThat(read(type, "staging").deployed()).as(type.name()).isFalse();
    }
  }
}
