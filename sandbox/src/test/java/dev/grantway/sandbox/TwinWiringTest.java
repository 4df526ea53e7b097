package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.store.InMemoryPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinWiringTest {
  private static final Policy ORDERS =
      ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy();
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GRANTWAY_ISSUERS",
          """
          [{"alias":"dev","issuer":"http://127.0.0.1:1/dev","discovery":true,
            "audiences":["a"],"roles":["/roles"]}]""");

  @Test
  void bothStagesOfTheSampleAreServedByTheRealAuthorizer() throws Exception {
    var clock = Clock.systemUTC();
    var wiring = new TwinWiring(ENVIRONMENT, InMemoryPolicy.of(ORDERS, clock), clock);
    try (GatewayTwin twin = wiring.start(0, ORDERS.apis(), wiring.inThisJvm());
        HttpClient client = HttpClient.newHttpClient()) {
      for (String stage : new String[] {"prod", "dev"}) {
        assertThat(call(client, twin, stage, "/health").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = call(client, twin, stage, "/orders");
        assertThat(refused.statusCode()).as(stage).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(refused.headers().firstValue("x-twin-cache")).contains("miss");
      }
    }
  }

  private static HttpResponse<String> call(
      HttpClient client, GatewayTwin twin, String stage, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + twin.port() + "/orders/" + stage + path))
            .header("Authorization", "Bearer not.a.token")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
