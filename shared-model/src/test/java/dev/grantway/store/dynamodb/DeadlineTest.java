package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.store.StoreException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A request is not repeated past its deadline, not even by the SDK itself. */
class DeadlineTest {
  @Test
  void theSdkRepeatsNothingPastTheDeadline() throws Exception {
    var clock = new TestClock();
    var requests = new AtomicInteger();
    HttpServer failing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    failing.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          clock.move(Duration.ofMinutes(16));
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    failing.start();
    try (var client =
        DynamoClients.create(
            Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ENDPOINT_URL_DYNAMODB",
                "http://127.0.0.1:" + failing.getAddress().getPort()),
            Duration.ofSeconds(1),
            Duration.ofMillis(1_500))) {
      Table table = Table.of(client, "policy");
      Item item = Item.of("a", "b").build();
      var deadline = new Deadline(clock.instant().plus(Duration.ofMinutes(15)), clock);
      assertThatThrownBy(() -> table.until(deadline).put(item)).isInstanceOf(Deadline.Passed.class);
      assertThat(requests).hasValue(1);
      assertThatThrownBy(() -> table.put(item)).isInstanceOf(StoreException.Unavailable.class);
      assertThat(requests).as("without a deadline the SDK repeats").hasValueGreaterThan(2);
    } finally {
      failing.stop(0);
    }
  }

  @Test
  void aRegionIsNeeded() {
    assertThatThrownBy(() -> DynamoClients.create(Map.of()))
        .hasMessage("AWS_REGION is not set: set it to the table's region");
  }
}
