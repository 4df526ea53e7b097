package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.admin.AdminSettings;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of API is flushed by its own operation of API Gateway. */
class HttpGatewayCachesTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(202);
  private HttpServer gateway;
  private HttpGatewayCaches caches;

  @BeforeEach
  void aGatewayListens() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    gateway.start();
    caches = flushing("http://127.0.0.1:" + gateway.getAddress().getPort() + "/");
  }

  @AfterEach
  void itStops() {
    gateway.stop(0);
  }

  private static HttpGatewayCaches flushing(String url) {
    return new HttpGatewayCaches(
        new AdminSettings(
            "grantway",
            "sub",
            "",
            "",
            url,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300)));
  }

  private static Propagation.Stage stage(ApiType type, String name) {
    return new Propagation.Stage(new ApiId("a1b2c3d4e5"), type, name);
  }

  @Test
  void restAndHttpApisHaveOperationsOfTheirOwn() {
    assertThat(caches.flush(stage(ApiType.REST, "prod"))).isTrue();
    status.set(204);
    assertThat(caches.flush(stage(ApiType.HTTP, "$default"))).isTrue();
    assertThat(asked)
        .containsExactly(
            "DELETE /restapis/a1b2c3d4e5/stages/prod/cache/authorizers",
            "DELETE /v2/apis/a1b2c3d4e5/stages/$default/cache/authorizers");
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
