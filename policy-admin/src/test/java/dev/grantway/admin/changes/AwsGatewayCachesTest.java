package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of API is flushed by its own operation of API Gateway. */
class AwsGatewayCachesTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(202);
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer gateway;
  private AwsGatewayCaches caches;

  @BeforeEach
  void aGatewayListens() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(fails ? 503 : status.get(), -1);
          exchange.close();
        });
    gateway.start();
    caches = flushing("http://127.0.0.1:" + gateway.getAddress().getPort() + "/");
  }

  @AfterEach
  void itStops() {
    gateway.stop(0);
  }

  private static AwsGatewayCaches flushing(String url) {
    return new AwsGatewayCaches(url, Map.of("AWS_REGION", "eu-central-1"));
  }

  private static Propagation.Stage stage(ApiType type, String name) {
    return new Propagation.Stage(new ApiId("a1b2c3d4e5"), "orders", type, name);
  }

  @Test
  void restAndHttpApisHaveOperationsOfTheirOwn() {
    assertThat(caches.flush(stage(ApiType.REST, "prod"))).isTrue();
    status.set(204);
    assertThat(caches.flush(stage(ApiType.HTTP, "$default"))).isTrue();
    assertThat(asked)
        .containsExactly(
            "DELETE /restapis/a1b2c3d4e5/stages/prod/cache/authorizers",
            "DELETE /v2/apis/a1b2c3d4e5/stages/%24default/cache/authorizers");
    assertThat(signatures)
        .hasSize(2)
        .allSatisfy(
            signature ->
                assertThat(signature)
                    .startsWith("AWS4-HMAC-SHA256 Credential=local/")
                    .contains("/eu-central-1/apigateway/aws4_request"));
  }

  /** One lost request is no reason to let old answers live on. */
  @Test
  void failureOfTheGatewayIsTriedAgain() {
    failures.set(1);
    assertThat(caches.flush(stage(ApiType.REST, "prod"))).isTrue();
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatIsNotDoneIsSaid() {
    status.set(404);
    assertThat(caches.flush(stage(ApiType.HTTP, "prod"))).isFalse();
    gateway.stop(0);
    assertThat(caches.flush(stage(ApiType.HTTP, "prod"))).isFalse();
    assertThat(flushing("").flush(stage(ApiType.REST, "prod"))).isFalse();
  }
}
