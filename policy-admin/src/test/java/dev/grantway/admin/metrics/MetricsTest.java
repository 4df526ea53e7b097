package dev.grantway.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.MemoryApp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;

/** Metrics, and an app that knows that a proxy speaks TLS for it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev",
      "GRANTWAY_MANAGEMENT_PORT=0",
      "server.forward-headers-strategy=native",
      "management.prometheus.metrics.export.enabled=true"
    })
@ActiveProfiles("memory")
@Import(MemoryApp.class)
class MetricsTest {
  @LocalServerPort int port;
  @LocalManagementPort int management;
  @Autowired Environment environment;
  @Autowired List<MeterRegistry> registries;

  private static HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private String metrics() throws IOException, InterruptedException {
    HttpResponse<String> answer = get(management, "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void metricsNameNoPathOfACaller() throws Exception {
    get(port, "/a/orders/prod/roles/canary-of-a-path?filter=canary-of-a-query");
    assertThat(metrics())
        .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count")
        .doesNotContain("canary-of-a");
  }

  @Test
  void metricsStandOnAPortOfTheirOwnForThisMachineAlone() throws Exception {
    assertThat(get(port, "/metrics").statusCode()).as("a sign-in").isEqualTo(302);
    assertThat(get(port, "/prometheus").statusCode()).as("a sign-in").isEqualTo(302);
    assertThat(metrics()).contains("jvm_");
    var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    assertThatThrownBy(() -> new Socket(address, management).close())
        .as("a listener on every interface would answer there")
        .isInstanceOf(SocketException.class);
  }

  @Test
  void nothingElseIsServedThere() throws Exception {
    for (String path :
        new String[] {
          "/env", "/beans", "/heapdump", "/health", "/loggers", "/mappings", "/threaddump", "/"
        }) {
      assertThat(get(management, path).statusCode()).as(path).isNotEqualTo(200);
    }
  }

  @Test
  void nothingIsSentAndLinesAreTextUnlessASettingSaysOtherwise() {
    assertThat(environment.getProperty("management.otlp.metrics.export.enabled", Boolean.class))
        .isFalse();
    assertThat(environment.getProperty("logging.structured.format.console")).isEmpty();
    assertThat(registries)
        .extracting(it -> it.getClass().getSimpleName())
        .doesNotContain("OtlpMeterRegistry");
  }

  @Test
  void metricsNeverShareThePortOfTheApp() {
    assertThatThrownBy(() -> new MetricsConfiguration(8080, 8080))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GRANTWAY_MANAGEMENT_PORT is 8080");
    assertThat(new MetricsConfiguration(8080, -1)).isNotNull();
  }

  @Test
  void behindAProxyThatSpeaksTlsTheCookieIsForTlsAloneAndAddressesAreIts() throws Exception {
    HttpResponse<String> answer =
        get(
            port,
            "/oauth2/authorization/oidc",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "admin.example",
            "X-Forwarded-For",
            "203.0.113.7");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location").orElse(""))
        .contains("redirect_uri=https://admin.example/login/oauth2/code/oidc");
    assertThat(answer.headers().firstValue("set-cookie").orElse("")).contains("Secure", "HttpOnly");
    assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
  }
}
