package dev.grantway.authorizer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.SharedFolder;
import dev.grantway.authorizer.gateway.EventReading.EventRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/";
  private final EventReader reader = new EventReader(TokenSource.AUTHORIZATION);

  private EventReading read(String json) {
    return reader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private GatewayEvent event(String json) {
    var reading = read(json);
    assertThat(reading).isInstanceOf(EventReading.Read.class);
    return ((EventReading.Read) reading).event();
  }

  @Test
  void samplesOfEveryKindAreToldApart() throws IOException {
    var kinds =
        Map.of(
            "rest_token.json", ApiKind.REST_TOKEN,
            "rest_request.json", ApiKind.REST_REQUEST,
            "http10.json", ApiKind.HTTP_1,
            "http20.json", ApiKind.HTTP_2,
            "ws_connect.json", ApiKind.WEBSOCKET);
    var folder = SharedFolder.find("events");
    if (folder.isPresent()) {
      for (var kind : kinds.entrySet()) {
        var sample = Files.readString(folder.get().resolve(kind.getKey()));
        assertThat(event(sample).kind()).as(kind.getKey()).isEqualTo(kind.getValue());
      }
    }
    var arn = "\"methodArn\":\"" + ARN + "GET/\"";
    assertThat(event("{\"type\":\"TOKEN\"," + arn + "}").kind()).isEqualTo(ApiKind.REST_TOKEN);
    assertThat(event("{\"type\":\"REQUEST\"," + arn + "}").kind()).isEqualTo(ApiKind.REST_REQUEST);
    assertThat(event("{\"version\":\"1.0\",\"type\":\"REQUEST\"," + arn + "}").kind())
        .isEqualTo(ApiKind.HTTP_1);
    var connect = ",\"requestContext\":{\"eventType\":\"CONNECT\"}}";
    var connecting = "\"methodArn\":\"" + ARN + "$connect\"";
    assertThat(event("{\"type\":\"REQUEST\"," + connecting + connect).kind())
        .isEqualTo(ApiKind.WEBSOCKET);
  }

  @Test
  void kindsThatNobodyKnowsAreNoEvents() {
    var arn = ",\"methodArn\":\"" + ARN + "GET/\",\"routeArn\":\"" + ARN + "GET/\"}";
    for (var kind :
        List.of(
            "\"version\":\"3.0\",\"type\":\"REQUEST\"",
            "\"version\":2.0,\"type\":\"REQUEST\"",
            "\"version\":\"\",\"type\":\"REQUEST\"",
            "\"type\":\"X\"",
            "\"type\":\"request\"",
            "\"type\":null")) {
      assertThat(read("{" + kind + arn))
          .as(kind)
          .isEqualTo(new EventReading.Refused(EventRefusal.UNKNOWN_KIND));
    }
  }

  @Test
  void bothPlacesOfATemplateAndOfARouteKeyAreRead() {
    var arn = "\"methodArn\":\"" + ARN + "GET/a/1\",\"routeArn\":\"" + ARN + "GET/a/1\"";
    var paths =
        ",\"type\":\"REQUEST\",\"resource\":\"/a/{x}\",\"requestContext\":{\"resourcePath\":\"/b\"";
    assertThat(event("{" + arn + paths + "}}").templates()).containsOnly("/a/{x}", "/b");
    var one = event("{" + arn + ",\"version\":\"1.0\"" + paths + ",\"routeKey\":\"GET /c\"}}");
    assertThat(one.templates()).containsOnly("/a/{x}", "/b");
    assertThat(one.routeKeys()).containsOnly("GET /c");
    var keys =
        ",\"version\":\"2.0\",\"routeKey\":\"GET /a/{x}\",\"requestContext\":{\"routeKey\":\"GET /b\"}}";
    assertThat(event("{" + arn + keys).routeKeys()).containsOnly("GET /a/{x}", "GET /b");
  }

  @Test
  void arnsAreCutAtTheirFirstColonsAndSlashes() {
    var arn =
        MethodArn.parse(ARN + "GET/f:o/a:b/x/d/prod/DELETE", new StagePrefixes()).orElseThrow();
    assertThat(arn.prefix().text() + "/").isEqualTo(ARN);
    assertThat(arn.method()).isEqualTo("GET");
    assertThat(arn.path()).isEqualTo("/f:o/a:b/x/d/prod/DELETE");
    assertThat(arn.text()).isEqualTo(ARN + "GET/f:o/a:b/x/d/prod/DELETE");
    assertThat(MethodArn.parse(ARN + "GET/", new StagePrefixes()).orElseThrow().path())
        .isEqualTo("/");
    assertThat(MethodArn.parse(ARN + "GET//a//", new StagePrefixes()).orElseThrow().path())
        .isEqualTo("//a//");
    assertThat(MethodArn.parse(ARN + "$connect", new StagePrefixes()).orElseThrow().method())
        .isEqualTo("$connect");
    for (var stage : List.of("test-invoke-stage", "ESTestInvoke-stage", "null", "$default")) {
      var text = ARN.replace("/test/", "/" + stage + "/") + "GET/x";
      assertThat(MethodArn.parse(text, new StagePrefixes()).orElseThrow().stage()).isEqualTo(stage);
    }
  }

  /** Three parts behind the account and no more: what follows is no path. */
  @Test
  void connectionsArnEndsWithItsRouteKey() {
    assertThat(MethodArn.parseConnect(ARN + "$connect", new StagePrefixes()).orElseThrow().path())
        .isEmpty();
    for (var rest : List.of("$connect/", "$connect/$connect", "x/$connect", "$disconnect", "")) {
      assertThat(MethodArn.parseConnect(ARN + rest, new StagePrefixes())).as(rest).isEmpty();
    }
  }

  @Test
  void wildcardBeforeThePathIsNoArn() {
    for (var bad :
        List.of(
            "arn:aws:execute-api:*:123456789012:abcdef123/test/GET/x",
            "arn:aws:execute-api:us-east-1:*:abcdef123/test/GET/x",
            "arn:aws:execute-api:us-east-1:123456789012:*/test/GET/x",
            "arn:aws:execute-api:us-east-1:123456789012:abcdef123/*/GET/x",
            "arn:aws:s3:us-east-1:123456789012:abcdef123/test/GET/x",
            "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test",
            "",
            "GET/x")) {
      assertThat(MethodArn.parse(bad, new StagePrefixes())).as(bad).isEmpty();
      assertThat(read("{\"type\":\"TOKEN\",\"methodArn\":\"" + bad + "\"}"))
          .isEqualTo(new EventReading.Refused(EventRefusal.BAD_ARN));
    }
  }

  @Test
  void requestCarriesTemplatesAddressHeadersAndQuery() {
    var json =
        """
        {"type":"REQUEST","methodArn":"%sGET/a/1","resource":"/a/{x}",
         "headers":{"X-A":"1","Authorization":"Bearer t"},
         "multiValueHeaders":{"X-A":["0","1"],"Authorization":["Bearer t"],"X-None":null},
         "queryStringParameters":{"q":"2"},"multiValueQueryStringParameters":{"q":["1","2"]},
         "requestContext":{"resourcePath":"/a/{x}","identity":{"sourceIp":"192.0.2.1"}}}"""
            .formatted(ARN);
    var rest = event(json);
    assertThat(rest.templates()).containsExactly("/a/{x}");
    assertThat(rest.sourceIp()).isEqualTo("192.0.2.1");
    assertThat(rest.parameters().headers())
        .containsEntry("x-a", List.of("0", "1"))
        .doesNotContainKey("x-none");
    assertThat(rest.parameters().query()).containsEntry("q", List.of("1", "2"));
    assertThat(rest.credential()).isEqualTo(new Credential.Presented("Bearer t"));
    assertThat(rest.credential().toString()).isEqualTo("credential of 8");
  }

  @Test
  void missingPartsNeverThrow() {
    for (var more :
        List.of(
            "",
            ",\"headers\":null,\"multiValueHeaders\":null,\"requestContext\":null",
            ",\"headers\":7,\"requestContext\":[],\"resource\":null",
            ",\"headers\":{\"Authorization\":null},\"requestContext\":{\"identity\":null}",
            ",\"multiValueHeaders\":{\"Authorization\":[]}",
            ",\"multiValueHeaders\":{\"Authorization\":[null]}")) {
      var rest = event("{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "GET/\"" + more + "}");
      assertThat(rest.credential()).as(more).isInstanceOf(Credential.None.class);
    }
    for (var token :
        List.of(
            "",
            ",\"authorizationToken\":null",
            ",\"authorizationToken\":7",
            ",\"authorizationToken\":\"\"")) {
      var rest = event("{\"type\":\"TOKEN\",\"methodArn\":\"" + ARN + "GET/\"" + token + "}");
      assertThat(rest.credential()).as(token).isInstanceOf(Credential.None.class);
    }
  }
}
