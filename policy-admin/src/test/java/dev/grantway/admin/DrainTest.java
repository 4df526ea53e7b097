package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/** With {@code SERVER_SHUTDOWN=graceful} what is under way ends, and nothing new begins. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev", "server.shutdown=graceful"})
@ActiveProfiles("memory")
@Import({MemoryApp.class, DrainTest.HeldRequest.class})
@DirtiesContext
class DrainTest {
  @LocalServerPort int port;
  @Autowired ConfigurableApplicationContext app;
  @Autowired HeldRequest held;

  @TestConfiguration
  static class HeldRequest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Bean
    FilterRegistrationBean<Filter> holds() {
      var registration =
          new FilterRegistrationBean<Filter>(
              (request, answer, chain) -> {
                begun.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                chain.doFilter(request, answer);
              });
      registration.addUrlPatterns("/health");
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @Test
  void whatIsUnderWayEndsAndNothingNewBegins() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> underWay =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      assertThat(held.begun.await(20, TimeUnit.SECONDS)).as("the request has begun").isTrue();
      CompletableFuture<Void> end = CompletableFuture.runAsync(app::stop);
      try {
        awaitRefusal();
        assertThat(underWay).isNotDone();
        assertThat(end).as("waits for what is under way").isNotDone();
      } finally {
        held.release.countDown();
      }
      assertThat(underWay.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      end.get(20, TimeUnit.SECONDS);
    }
  }

  private void awaitRefusal() throws IOException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < until) {
      try (Socket accepted = new Socket("127.0.0.1", port)) {
        assertThat(accepted.isConnected()).isTrue();
      } catch (ConnectException refused) {
        return;
      } catch (SocketException reset) {
        // the listener closed between the handshake and the accept: the next one is refused
        Thread.onSpinWait();
      }
    }
    fail("a new connection is still accepted");
  }
}
