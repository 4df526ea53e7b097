package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.grantway.imports.AwsDeployedApis;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.store.dynamodb.AwsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** AWS's own clients read what the twin is configured with. */
class ReadOperationsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Sid\":\"a\\\\b\"}]}";

  private final TestClock clock = new TestClock();
  private final InProcessFunction function =
      new InProcessFunction(new HandWritten("{}"), line -> {});
  private GatewayTwin twin;
  private ApiGatewayClient rest;
  private ApiGatewayV2Client other;

  @BeforeEach
  void start() throws Exception {
    twin = GatewayTwin.start(TwinConfiguration.of(0, stages(), clock, line -> {}));
    var aws = new AwsSettings(Map.of("AWS_REGION", "us-east-1"));
    String url = "http://127.0.0.1:" + twin.port();
    rest =
        aws.on(ApiGatewayClient.builder(), url)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    other =
        aws.on(ApiGatewayV2Client.builder(), url)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterEach
  void stop() {
    rest.close();
    other.close();
    twin.close();
  }

  private List<StageConfiguration> stages() {
    return List.of(
        new StageConfiguration(
            "a1b2c3d4e5",
            "orders",
            "prod",
            ReadOperationsTest::orders,
            AuthorizerSettings.request(
                World.TOKEN_AND_ROUTE, Duration.ofSeconds(300), TIMEOUT, function),
            Map.of("tier", "gold"),
            Optional.of(POLICY)),
        new StageConfiguration(
            "a1b2c3d4e5",
            "orders",
            "dev",
            ReadOperationsTest::orders,
            AuthorizerSettings.token(Duration.ofSeconds(60), TIMEOUT, function),
            Map.of()),
        new StageConfiguration(
            "h1",
            "billing",
            "$default",
            ReadOperationsTest::billing,
            AuthorizerSettings.http(
                Kind.HTTP_2_SIMPLE,
                HttpWorld.TOKEN_AND_ROUTE,
                Duration.ofSeconds(30),
                TIMEOUT,
                function),
            Map.of()),
        new StageConfiguration(
            "w1",
            "live",
            "prod",
            ReadOperationsTest::live,
            AuthorizerSettings.webSocket(
                List.of("route.request.querystring.token"), TIMEOUT, function),
            Map.of()));
  }

  /** More than fit on one page. */
  private static RouteTable orders() {
    RouteTable table = World.table();
    var routes = new ArrayList<>(table.routes());
    IntStream.range(0, 30).forEach(i -> routes.add(Route.parse("GET /items" + i + "/{id}/lines")));
    Route gone = Route.parse("GET /gone");
    routes.add(
        new Route(
            gone.actions(),
            gone.template(),
            "",
            new TreeSet<>(),
            "",
            gone.access(),
            Route.State.GONE));
    return new RouteTable(ApiType.REST, routes);
  }

  private static RouteTable billing() {
    return new RouteTable(
        ApiType.HTTP,
        List.of(Route.parse("GET /invoices/{id}"), Route.parse("ANY /files/{path+}"), any()));
  }

  private static Route any() {
    return Route.parse("$default");
  }

  private static RouteTable live() {
    return new RouteTable(
        ApiType.WEBSOCKET, List.of(Route.ofRouteKey("$connect"), Route.ofRouteKey("send")));
  }

  @Test
  void restApiIsReadWithItsPolicy() {
    var api = rest.getRestApi(ask -> ask.restApiId("a1b2c3d4e5"));
    assertThat(api.name()).isEqualTo("orders");
    assertThat(api.createdDate()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    // As on AWS, where the text of the policy is escaped once more.
    assertThat(api.policy()).isEqualTo(POLICY.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  @Test
  void everyMethodOfEveryResourceIsReadWithItsAuthorizer() {
    var attached = new TreeMap<String, String>();
    var resources = new ArrayList<Resource>();
    int pages = 0;
    for (var page :
        rest.getResourcesPaginator(ask -> ask.restApiId("a1b2c3d4e5").embed("methods"))) {
      pages++;
      resources.addAll(page.items());
    }
    assertThat(pages).isGreaterThan(1);
    String authorizer = authorizer("REQUEST").id();
    for (Resource resource : resources) {
      for (Method method : resource.resourceMethods().values()) {
        attached.put(
            method.httpMethod() + " " + resource.path(),
            method.authorizationType() + " " + method.authorizerId());
      }
    }
    var expected = new TreeMap<String, String>();
    for (Route route : orders().routes()) {
      if (route.state() != Route.State.GONE) {
        expected.put(
            route.toString(),
            route.access() == Route.Access.PUBLIC ? "NONE null" : "CUSTOM " + authorizer);
      }
    }
    assertThat(attached).isEqualTo(expected);
    var paths = new TreeMap<String, String>();
    resources.forEach(resource -> paths.put(resource.id(), resource.path()));
    for (Resource resource : resources) {
      boolean root = resource.parentId() == null;
      String above = root ? "" : paths.getOrDefault(resource.parentId(), "missing");
      assertThat((above.equals("/") ? "" : above) + "/" + (root ? "" : resource.pathPart()))
          .isEqualTo(resource.path());
    }
  }

  private software.amazon.awssdk.services.apigateway.model.Authorizer authorizer(String type) {
    return rest.getAuthorizers(ask -> ask.restApiId("a1b2c3d4e5")).items().stream()
        .filter(it -> it.type() == AuthorizerType.fromValue(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void authorizersOfRestApisAreRead() {
    var request = authorizer("REQUEST");
    assertThat(request.identitySource()).isEqualTo(String.join(",", World.TOKEN_AND_ROUTE));
    assertThat(request.authorizerResultTtlInSeconds()).isEqualTo(300);
    assertThat(request.authorizerUri()).contains(":function:grantway-authorizer/invocations");
    var token = authorizer("TOKEN");
    assertThat(token.identitySource()).isEqualTo("method.request.header.Authorization");
    assertThat(token.authorizerResultTtlInSeconds()).isEqualTo(60);
    assertThat(token.id()).isNotEqualTo(request.id());
  }

  @Test
  void stagesOfRestApisAreRead() {
    var stage = rest.getStage(ask -> ask.restApiId("a1b2c3d4e5").stageName("prod"));
    assertThat(stage.variables()).containsExactly(entry("tier", "gold"));
    assertThat(stage.deploymentId()).isNotEmpty();
    assertThat(rest.getStages(ask -> ask.restApiId("a1b2c3d4e5")).item())
        .extracting(it -> it.stageName())
        .containsExactly("prod", "dev");
  }

  @Test
  void eachStageIsExportedWithItsOwnAuthorizer() {
    String prod = export("prod");
    String dev = export("dev");
    assertThat(prod)
        .contains("\"type\":\"request\"")
        .contains(String.join(", ", World.TOKEN_AND_ROUTE))
        .contains("\"authorizerResultTtlInSeconds\":300")
        .doesNotContain("\"type\":\"token\"");
    assertThat(dev)
        .contains("\"type\":\"token\"")
        .contains("\"authorizerResultTtlInSeconds\":60")
        .contains("\"name\":\"Authorization\"");
    assertThat(
            rest.getExport(ask -> ask.restApiId("a1b2c3d4e5").stageName("prod").exportType("oas30"))
                .body()
                .asUtf8String())
        .doesNotContain("x-amazon-apigateway-authorizer");
  }

  private String export(String stage) {
    return rest.getExport(
            ask ->
                ask.restApiId("a1b2c3d4e5")
                    .stageName(stage)
                    .exportType("oas30")
                    .parameters(Map.of("extensions", "authorizers"))
                    .accepts("application/json"))
        .body()
        .asUtf8String();
  }

  @Test
  void whatIsImportedAreTheRoutesThatAreDeployed() {
    var deployed =
        new AwsDeployedApis("http://127.0.0.1:" + twin.port(), Map.of("AWS_REGION", "us-east-1"));
    var api = new Api(new ApiId("a1b2c3d4e5"), "orders", List.of("prod"), orders(), false);
    String document = new String(deployed.openApi(api, "prod"), StandardCharsets.UTF_8);
    assertThat(document)
        .startsWith("{\"openapi\":\"3.0.1\"")
        .contains("\"/items29/{id}/lines\":{\"get\"")
        .contains("\"/files/{path+}\":{\"x-amazon-apigateway-any-method\"")
        .doesNotContain("/gone");
    var http = new Api(new ApiId("h1"), "billing", List.of("$default"), billing(), false);
    assertThat(new String(deployed.openApi(http, "$default"), StandardCharsets.UTF_8))
        .contains("\"/$default\":{\"x-amazon-apigateway-any-method\"")
        .contains("\"enableSimpleResponses\":true");
  }

  @Test
  void httpApiIsRead() {
    assertThat(other.getApi(ask -> ask.apiId("h1")).protocolType()).isEqualTo(ProtocolType.HTTP);
    assertThat(other.getApi(ask -> ask.apiId("h1")).createdDate()).isEqualTo(clock.instant());
    var authorizer = other.getAuthorizers(ask -> ask.apiId("h1")).items().getFirst();
    assertThat(authorizer.identitySource()).isEqualTo(HttpWorld.TOKEN_AND_ROUTE);
    assertThat(authorizer.authorizerResultTtlInSeconds()).isEqualTo(30);
    assertThat(authorizer.authorizerPayloadFormatVersion()).isEqualTo("2.0");
    assertThat(authorizer.enableSimpleResponses()).isTrue();
    assertThat(other.getRoutes(ask -> ask.apiId("h1")).items())
        .extracting(it -> it.routeKey() + " " + it.authorizerId())
        .containsExactly(
            "GET /invoices/{id} " + authorizer.authorizerId(),
            "ANY /files/{path+} " + authorizer.authorizerId(),
            "$default " + authorizer.authorizerId());
    assertThat(other.getStage(ask -> ask.apiId("h1").stageName("$default")).autoDeploy()).isTrue();
  }

  @Test
  void routesComeInPagesWithATokenForTheNext() {
    var first = other.getRoutes(ask -> ask.apiId("h1").maxResults("2"));
    assertThat(first.items()).hasSize(2);
    var second =
        other.getRoutes(ask -> ask.apiId("h1").maxResults("2").nextToken(first.nextToken()));
    assertThat(second.items()).extracting(it -> it.routeKey()).containsExactly("$default");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void ofWebSocketApisTheConnectionAloneHasAnAuthorizer() {
    assertThat(other.getApi(ask -> ask.apiId("w1")).protocolTypeAsString()).isEqualTo("WEBSOCKET");
    var authorizer = other.getAuthorizers(ask -> ask.apiId("w1")).items().getFirst();
    assertThat(authorizer.identitySource()).containsExactly("route.request.querystring.token");
    assertThat(authorizer.authorizerPayloadFormatVersion()).isNull();
    assertThat(other.getRoutes(ask -> ask.apiId("w1")).items())
        .extracting(it -> it.routeKey() + " " + it.authorizationTypeAsString())
        .containsExactly("$connect CUSTOM", "send NONE");
    assertThat(other.getStages(ask -> ask.apiId("w1")).items())
        .extracting(it -> it.stageName() + " " + it.autoDeploy())
        .containsExactly("prod false");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> rest.getRestApi(ask -> ask.restApiId("h1")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Invalid API identifier specified 123456789012:h1");
    assertThatThrownBy(() -> rest.getStage(ask -> ask.restApiId("a1b2c3d4e5").stageName("x")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Invalid stage identifier specified");
    assertThatThrownBy(() -> other.getApi(ask -> ask.apiId("a1b2c3d4e5")))
        .isInstanceOf(software.amazon.awssdk.services.apigatewayv2.model.NotFoundException.class);
    assertThatThrownBy(
            () -> other.exportApi(ask -> ask.apiId("w1").specification("OAS30").outputType("JSON")))
        .isInstanceOf(software.amazon.awssdk.services.apigatewayv2.model.BadRequestException.class);
  }

  @Test
  void gatewayResponsesAreThoseThatTheTwinGives() {
    var first = rest.getGatewayResponses(ask -> ask.restApiId("a1b2c3d4e5").limit(20));
    var last =
        rest.getGatewayResponses(
            ask -> ask.restApiId("a1b2c3d4e5").limit(20).position(first.position()));
    var told = new ArrayList<>(first.items());
    told.addAll(last.items());
    assertThat(last.position()).isNull();
    assertThat(told).hasSize(21).allMatch(it -> it.defaultResponse());
    assertThat(told)
        .filteredOn(it -> it.responseTypeAsString().startsWith("DEFAULT_"))
        .hasSize(2)
        .allMatch(it -> it.statusCode() == null);
    var one =
        rest.getGatewayResponse(ask -> ask.restApiId("a1b2c3d4e5").responseType("UNAUTHORIZED"));
    assertThat(one.statusCode()).isEqualTo("401");
    assertThat(one.responseParameters()).isEmpty();
    assertThatThrownBy(
            () -> rest.getGatewayResponse(ask -> ask.restApiId("a1b2c3d4e5").responseType("NONE")))
        .isInstanceOf(BadRequestException.class);
  }
}
