package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployedRoutesTest {
  private final Moving clock = new Moving();
  private final Policy before = policy("GET /orders");
  private final Policy after = policy("GET /orders, POST /orders");
  private final InMemoryPolicy table = InMemoryPolicy.of(before, clock);
  private final Api api = before.apiNamed("orders").orElseThrow();

  @Test
  void publishedRoutesAreServedWithinASecond() {
    var routes = new DeployedRoutes(table, clock, api);
    assertThat(routes.get().routes()).extracting(Route::toString).containsExactly("GET /orders");

    publish();
    assertThat(routes.get().routes()).hasSize(1);
    clock.now = clock.now.plus(Duration.ofSeconds(1));
    assertThat(routes.get().routes()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP      | GET /a, $default | POST /a",
        "WEBSOCKET | $connect, say    | list",
      })
  void routesOfEveryKindOfApiAreServed(ApiType type, String routes, String more) {
    Policy first = policy(type, routes);
    var store = InMemoryPolicy.of(first, clock);
    var deployed = new DeployedRoutes(store, clock, first.apiNamed("orders").orElseThrow());
    assertThat(deployed.get().type()).isEqualTo(type);
    publish(store, first, policy(type, routes + ", " + more));
    clock.now = clock.now.plus(Duration.ofSeconds(1));
    assertThat(deployed.get().routes()).extracting(Route::toString).contains(more);
  }

  @Test
  void tableThatIsAwayLeavesWhatIsDeployed() {
    var away =
        (PolicyReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PolicyReader.class},
                (proxy, method, arguments) -> {
                  throw new StoreException.Unavailable("away", null);
                });
    assertThat(new DeployedRoutes(away, clock, api).get()).isEqualTo(api.routes());
  }

  @Test
  void tableThatHangsHoldsUpNobodyForLong() {
    var released = new CountDownLatch(1);
    var hanging =
        (PolicyReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PolicyReader.class},
                (proxy, method, arguments) -> {
                  released.await();
                  throw new StoreException.Unavailable("hung", null);
                });
    var routes = new DeployedRoutes(hanging, clock, api);
    assertThat(routes.get()).as("the first waits a moment").isEqualTo(api.routes());
    assertTimeout(Duration.ofMillis(500), () -> routes.get());
    released.countDown();
  }

  private void publish() {
    publish(table, before, after);
    assertThat(table.api(new ApiId("a1"), table.head()).value()).isPresent();
  }

  private static void publish(InMemoryPolicy table, Policy before, Policy after) {
    var head = table.head();
    var published =
        table.publish(
            new Publication(
                PolicyRows.diff(before, after),
                head.revision(),
                head.hash(),
                "ana",
                List.of(),
                "more routes",
                ""));
    assertThat(published).isInstanceOf(PublishResult.Published.class);
  }

  private static Policy policy(String routes) {
    return policy(ApiType.REST, routes);
  }

  private static Policy policy(ApiType type, String routes) {
    String text =
        "grantway: 1\napis: [{name: orders, id: a1, type: "
            + type
            + ", stages: [prod], routes: ["
            + routes
            + "]}]\n";
    return ((PolicyFile.Read) PolicyFile.read(text, "policy.yaml")).policy();
  }

  /** Moved by the test. */
  private static final class Moving extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
