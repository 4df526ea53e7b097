package dev.grantway.admin.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.store.WiredStage;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.StageReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as AWS documents them are read with the SDK's clients, pages and refusals included. */
class AwsWiringReaderTest {
  private static final String URI =
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations";

  private record Said(int status, String body) {}

  private final Map<String, Said> said = new ConcurrentHashMap<>();
  private HttpServer server;
  private AwsWiringReader reader;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestURI().toString();
          Said it = said.getOrDefault(target, new Said(404, "{\"message\":\"no " + target + "\"}"));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          if (it.status() == 404) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", "NotFoundException");
          } else if (it.status() == 403) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", "AccessDeniedException");
          } else if (it.status() == 429) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", "TooManyRequestsException");
          }
          byte[] body = it.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(it.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    reader =
        new AwsWiringReader(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL_API_GATEWAY", url,
                "AWS_ENDPOINT_URL_APIGATEWAYV2", url));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void says(String target, String body) {
    said.put(target, new Said(200, body));
  }

  private StageReading read(ApiType expected) {
    return reader.read(
        new WiredStage(
            new ApiId("a1"), "prod", "", "", "header:Authorization", "ana", Instant.EPOCH),
        expected);
  }

  private void rest() {
    responses();
    says(
        "/restapis/a1",
        "{\"id\":\"a1\",\"name\":\"orders\",\"createdDate\":1700000000,"
            + "\"policy\":\"{\\\\\\\"Version\\\\\\\":\\\\\\\"2012-10-17\\\\\\\"}\"}");
    says("/restapis/a1/stages/prod", "{\"stageName\":\"prod\",\"deploymentId\":\"d1\"}");
    says(
        "/restapis/a1/stages/prod/exports/oas30?extensions=authorizers",
        """
        {"openapi":"3.0.1","info":{"title":"orders","version":"1"},
         "paths":{
           "/orders":{"get":{"security":[{"grantway":[]}]},
                      "post":{"security":[{"grantway":[],"api_key":[]}]},
                      "options":{}},
           "/keys":{"get":{"security":[{"api_key":[]}]}},
           "/iam":{"get":{"security":[{"sigv4":[]}]}},
           "/pool":{"parameters":[],"get":{"security":[{"pool":[]}]}},
           "/files/{path+}":{"x-amazon-apigateway-any-method":{"security":[{"byToken":[]}]}}},
         "components":{"securitySchemes":{
           "grantway":{"type":"apiKey","name":"Unused","in":"header",
             "x-amazon-apigateway-authtype":"custom",
             "x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":"%1$s",
               "authorizerResultTtlInSeconds":120,
               "identitySource":"method.request.header.Authorization, context.httpMethod"}},
           "byToken":{"type":"apiKey","name":"X-Token","in":"header",
             "x-amazon-apigateway-authorizer":{"type":"token","authorizerUri":"%1$s"}},
           "pool":{"type":"apiKey","name":"Authorization","in":"header",
             "x-amazon-apigateway-authorizer":{"type":"cognito_user_pools"}},
           "sigv4":{"type":"apiKey","name":"Authorization","in":"header",
             "x-amazon-apigateway-authtype":"awsSigv4"},
           "api_key":{"type":"apiKey","name":"x-api-key","in":"header"}}}}
        """
            .formatted(URI));
    says(
        "/restapis/a1/authorizers?limit=500",
        """
        {"item":[
          {"id":"g1","name":"grantway","type":"REQUEST","authType":"custom","authorizerUri":"%1$s",
           "identitySource":"method.request.header.Authorization,context.httpMethod",
           "authorizerResultTtlInSeconds":120}],
         "position":"p2"}
        """
            .formatted(URI));
    says(
        "/restapis/a1/authorizers?position=p2&limit=500",
        """
        {"item":[
          {"id":"t1","name":"byToken","type":"TOKEN","authorizerUri":"%1$s",
           "identitySource":"method.request.header.X-Token","authorizerResultTtlInSeconds":300},
          {"id":"c1","name":"pool","type":"COGNITO_USER_POOLS"}]}
        """
            .formatted(URI));
    says(
        "/restapis/a1/resources?limit=500&embed=methods",
        """
        {"item":[{"id":"root","path":"/"},
          {"id":"r1","path":"/orders","resourceMethods":{
            "GET":{"httpMethod":"GET","authorizationType":"CUSTOM","authorizerId":"g1"},
            "POST":{"httpMethod":"POST","authorizationType":"NONE"},
            "OPTIONS":{"httpMethod":"OPTIONS","authorizationType":"NONE"}}},
          {"id":"r2","path":"/iam","resourceMethods":{
            "GET":{"httpMethod":"GET","authorizationType":"AWS_IAM"}}},
          {"id":"r3","path":"/pool","resourceMethods":{
            "GET":{"httpMethod":"GET","authorizationType":"COGNITO_USER_POOLS","authorizerId":"c1"}}},
          {"id":"r4","path":"/keys","resourceMethods":{
            "GET":{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":true}}},
          {"id":"r5","path":"/files/{path+}","resourceMethods":{
            "ANY":{"httpMethod":"ANY","authorizationType":"CUSTOM","authorizerId":"t1"}}},
          {"id":"r6","path":"/new","resourceMethods":{
            "GET":{"httpMethod":"GET","authorizationType":"CUSTOM","authorizerId":"g1"}}}]}
        """);
  }

  private void responses() {
    says(
        "/restapis/a1/gatewayresponses?limit=500",
        """
        {"item":[
          {"responseType":"ACCESS_DENIED","statusCode":"403","responseParameters":{},
           "responseTemplates":{"application/json":"{\\"message\\":$context.error.messageString}"},
           "defaultResponse":true},
          {"responseType":"DEFAULT_4XX","responseTemplates":{"application/json":"{}"},
           "defaultResponse":true}],
         "position":"q2"}
        """);
    says(
        "/restapis/a1/gatewayresponses?position=q2&limit=500",
        """
        {"item":[
          {"responseType":"UNAUTHORIZED","statusCode":"401",
           "responseParameters":{"gatewayresponse.header.WWW-Authenticate":"'Bearer'"},
           "responseTemplates":{"application/json":"{}"},"defaultResponse":false},
          {"responseType":"AUTHORIZER_FAILURE","statusCode":"503"}]}
        """);
  }

  @Test
  void gatewayResponsesAreReadPageByPageWithWhoSetThem() {
    rest();
    assertThat(read(ApiType.REST).responses())
        .containsExactly(
            GatewayResponse.of(
                "ACCESS_DENIED",
                "403",
                Map.of(),
                Map.of("application/json", "{\"message\":$context.error.messageString}"),
                false),
            GatewayResponse.of(
                "DEFAULT_4XX", "", Map.of(), Map.of("application/json", "{}"), false),
            GatewayResponse.of(
                "UNAUTHORIZED",
                "401",
                Map.of("gatewayresponse.header.WWW-Authenticate", "'Bearer'"),
                Map.of("application/json", "{}"),
                true),
            GatewayResponse.of("AUTHORIZER_FAILURE", "503", Map.of(), Map.of(), true));
    said.put("/restapis/a1/gatewayresponses?limit=500", new Said(403, "{}"));
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessageContaining(
            "GetGatewayResponses was refused: allow this app's role `apigateway:GET` on"
                + " `arn:aws:apigateway:eu-west-1::/restapis/a1/gatewayresponses`");
  }

  @Test
  void aRestApiIsReadAsItIsDeployedAndAsItIsEdited() {
    rest();
    StageReading reading = read(ApiType.REST);
    assertThat(reading.type()).isEqualTo(ApiType.REST);
    assertThat(reading.asDeployed()).isTrue();
    assertThat(reading.routes())
        .containsExactly(
            new AttachedRoute("GET /orders", By.AUTHORIZER, "grantway", "r1"),
            new AttachedRoute("POST /orders", By.AUTHORIZER, "grantway", "r1"),
            new AttachedRoute("OPTIONS /orders", By.NOTHING, "", "r1"),
            new AttachedRoute("GET /keys", By.NOTHING, "", "r4"),
            new AttachedRoute("GET /iam", By.OTHER, "", "r2"),
            new AttachedRoute("GET /pool", By.OTHER, "", "r3"),
            new AttachedRoute("ANY /files/{path+}", By.AUTHORIZER, "byToken", "r5"));
    assertThat(reading.authorizers())
        .containsExactlyInAnyOrder(
            new AttachedAuthorizer(
                "g1",
                "grantway",
                URI,
                "",
                new Attachment(
                    ApiType.REST,
                    false,
                    List.of("method.request.header.Authorization", "context.httpMethod"),
                    Duration.ofSeconds(120),
                    false,
                    true)),
            new AttachedAuthorizer(
                "t1",
                "byToken",
                URI,
                "",
                new Attachment(
                    ApiType.REST,
                    true,
                    List.of("method.request.header.X-Token"),
                    Duration.ofSeconds(300),
                    false,
                    true)));
    assertThat(reading.pending())
        .containsExactly("`GET /new` comes", "`POST /orders` asks nobody in place of `grantway`");
  }

  @Test
  void theKindIsFoundWhateverIsExpected() {
    rest();
    assertThat(read(ApiType.HTTP).type()).isEqualTo(ApiType.REST);
  }

  @Test
  void anHttpApiIsReadWithTheFormOfItsAnswers() {
    says("/v2/apis/a1", "{\"apiId\":\"a1\",\"name\":\"b\",\"protocolType\":\"HTTP\"}");
    says("/v2/apis/a1/stages/prod", "{\"stageName\":\"prod\",\"autoDeploy\":true}");
    says(
        "/v2/apis/a1/authorizers?maxResults=500",
        """
        {"items":[
          {"authorizerId":"x","name":"grantway","authorizerType":"REQUEST","authorizerUri":"%s",
           "identitySource":["$request.header.Authorization","$context.routeKey"],
           "authorizerPayloadFormatVersion":"2.0","enableSimpleResponses":true,
           "authorizerResultTtlInSeconds":30},
          {"authorizerId":"j","name":"jwt","authorizerType":"JWT"}]}
        """
            .formatted(URI));
    says(
        "/v2/apis/a1/routes?maxResults=500",
        "{\"items\":[{\"routeId\":\"r1\",\"routeKey\":\"GET /a\",\"authorizationType\":\"CUSTOM\","
            + "\"authorizerId\":\"x\"}],\"nextToken\":\"n\"}");
    says(
        "/v2/apis/a1/routes?maxResults=500&nextToken=n",
        "{\"items\":[{\"routeId\":\"r2\",\"routeKey\":\"$default\",\"authorizationType\":\"JWT\","
            + "\"authorizerId\":\"j\"}]}");
    says(
        "/v2/apis/a1/exports/OAS30?includeExtensions=true&outputType=JSON&stageName=prod",
        """
        {"openapi":"3.0.1","paths":{
           "/a":{"get":{"security":[{"grantway":[]}]}},
           "/$default":{"x-amazon-apigateway-any-method":{"security":[{"jwt":[]}]}}},
         "components":{"securitySchemes":{
           "jwt":{"type":"oauth2","x-amazon-apigateway-authorizer":{"type":"jwt"}},
           "grantway":{"type":"apiKey","in":"header","name":"Authorization",
             "x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":"%s",
               "identitySource":["$request.header.Authorization","$context.routeKey"],
               "authorizerPayloadFormatVersion":"2.0","enableSimpleResponses":true,
               "authorizerResultTtlInSeconds":30}}}}}
        """
            .formatted(URI));
    StageReading reading = read(ApiType.HTTP);
    assertThat(reading.routes())
        .containsExactly(
            new AttachedRoute("GET /a", By.AUTHORIZER, "grantway", "r1"),
            new AttachedRoute("$default", By.OTHER, "", "r2"));
    assertThat(reading.authorizers())
        .containsExactly(
            new AttachedAuthorizer(
                "x",
                "grantway",
                URI,
                "2.0",
                new Attachment(
                    ApiType.HTTP,
                    false,
                    List.of("$request.header.Authorization", "$context.routeKey"),
                    Duration.ofSeconds(30),
                    true,
                    false)));
    assertThat(reading.pending()).isEmpty();
  }

  @Test
  void ofAWebSocketApiWhatItHasNowIsAllThatIsTold() {
    says("/v2/apis/a1", "{\"apiId\":\"a1\",\"name\":\"l\",\"protocolType\":\"WEBSOCKET\"}");
    says("/v2/apis/a1/stages/prod", "{\"stageName\":\"prod\"}");
    says(
        "/v2/apis/a1/authorizers?maxResults=500",
        "{\"items\":[{\"authorizerId\":\"x\",\"name\":\"g\",\"authorizerType\":\"REQUEST\","
            + "\"identitySource\":[\"route.request.header.Authorization\"]}]}");
    says(
        "/v2/apis/a1/routes?maxResults=500",
        "{\"items\":[{\"routeId\":\"c\",\"routeKey\":\"$connect\",\"authorizationType\":\"CUSTOM\","
            + "\"authorizerId\":\"x\"},{\"routeId\":\"s\",\"routeKey\":\"send\","
            + "\"authorizationType\":\"NONE\"}]}");
    StageReading reading = read(ApiType.WEBSOCKET);
    assertThat(reading.asDeployed()).isFalse();
    assertThat(reading.type()).isEqualTo(ApiType.WEBSOCKET);
    assertThat(reading.routes())
        .containsExactly(
            new AttachedRoute("$connect", By.AUTHORIZER, "g", "c"),
            new AttachedRoute("send", By.NOTHING, "", "s"));
    assertThat(reading.authorizers().getFirst().attachment().ttl()).isZero();
  }

  @Test
  void aStageThatIsNotThereIsAnAnswerAndAnApiThatIsNotThereIsNone() {
    says("/restapis/a1", "{\"id\":\"a1\",\"name\":\"orders\"}");
    assertThat(read(ApiType.REST).deployed()).isFalse();
    said.clear();
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessageContaining("there is no API `a1` in region `eu-west-1`");
  }

  @Test
  void whatIsRefusedNamesTheActionAndTheResourceThatItIsMissingOn() {
    rest();
    said.put("/restapis/a1/authorizers?limit=500", new Said(403, "{\"message\":\"secret\"}"));
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessage(
            "GetAuthorizers was refused: allow this app's role `apigateway:GET` on"
                + " `arn:aws:apigateway:eu-west-1::/restapis/a1/authorizers`");
  }

  @Test
  void whatIsThrottledIsSaidToBe() {
    said.put("/restapis/a1", new Said(429, "{\"message\":\"Too Many Requests\"}"));
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessage("GetRestApi was throttled by API Gateway: the next look asks again");
  }

  @Test
  void anExportThatIsNoJsonIsNotTakenForAnEmptyOne() {
    rest();
    says("/restapis/a1/stages/prod/exports/oas30?extensions=authorizers", "openapi: 3.0.1");
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessageContaining("is no JSON");
  }

  @Test
  void whereNobodyAnswersOrNoRegionIsSetThatIsSaid() {
    server.stop(0);
    assertThatThrownBy(() -> read(ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessageContaining("GetRestApi was not answered");
    var nowhere = new AwsWiringReader(Map.of());
    assertThatThrownBy(
            () ->
                nowhere.read(
                    new WiredStage(
                        new ApiId("a1"), "prod", "", "", "header:A", "ana", Instant.EPOCH),
                    ApiType.REST))
        .isInstanceOf(WiringReader.Unreadable.class)
        .hasMessageContaining("AWS_REGION");
  }
}
