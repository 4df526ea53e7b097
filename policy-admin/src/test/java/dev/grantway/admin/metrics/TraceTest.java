package dev.grantway.admin.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.admin.MemoryApp;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Log lines as JSON with the trace of a request, and metrics that are sent by OTLP. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev",
      "GRANTWAY_LOG_FORMAT=ecs",
      "GRANTWAY_OTLP=on",
      "GRANTWAY_OTLP_EVERY=1s"
    })
@ActiveProfiles("memory")
@Import(MemoryApp.class)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class TraceTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final BlockingQueue<Sent> SENT = new LinkedBlockingQueue<>();
  private static final HttpServer COLLECTOR = collector();

  @LocalServerPort int port;

  private record Sent(String path, String type, byte[] body) {
    List<Metric> metrics() {
      try {
        return ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().stream()
            .flatMap(resource -> resource.getScopeMetricsList().stream())
            .flatMap(scope -> scope.getMetricsList().stream())
            .toList();
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static HttpServer collector() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            SENT.add(
                new Sent(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @DynamicPropertySource
  static void metricsAreSentHere(DynamicPropertyRegistry properties) {
    properties.add(
        "GRANTWAY_OTLP_URL",
        () -> "http://127.0.0.1:" + COLLECTOR.getAddress().getPort() + "/v1/metrics");
  }

  /** Logging is set up once in a process, by whichever app of these tests starts first. */
  @BeforeAll
  @AfterAll
  static void logsAreSetUpAnew() {
    LoggingSystem.get(TraceTest.class.getClassLoader()).cleanUp();
    System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
  }

  @AfterAll
  static void nobodyCollects() {
    COLLECTOR.stop(0);
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String trace(HttpResponse<?> answer) {
    return answer.headers().firstValue("X-Trace-Id").orElse("");
  }

  @Test
  void aLineIsAnObjectWithTheTraceThatTheCallerBroughtAndNothingOfTheCall(CapturedOutput output)
      throws Exception {
    HttpResponse<String> answer =
        get(
            "/health/ready?canary-of-a-query",
            "traceparent",
            "00-" + TRACE + "-00f067aa0ba902b7-01",
            "Authorization",
            "Bearer canary-of-a-token",
            "baggage",
            "who=canary-of-baggage");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(trace(answer)).isEqualTo(TRACE);
    String line =
        output
            .getOut()
            .lines()
            .filter(it -> it.contains("the issuer does not answer"))
            .findFirst()
            .orElseThrow();
    JsonObject json = CanonicalJson.read(line.getBytes(UTF_8));
    assertThat(json.text("message")).startsWith("the issuer does not answer: ConnectException");
    assertThat(json.text("traceId")).isEqualTo(TRACE);
    assertThat(output.getAll()).doesNotContain("canary-of");
  }

  /** What the app sees of a call, within its trace. */
  @TestConfiguration
  static class Seen {
    private static final BlockingQueue<String> BAGGAGE = new LinkedBlockingQueue<>();

    @Bean
    @Order(TraceHeader.AFTER_TRACING + 1)
    Filter seesBaggage(Tracer tracer) {
      return (request, response, chain) -> {
        var asked = (HttpServletRequest) request;
        BAGGAGE.add(
            asked.getHeader("baggage")
                + Collections.list(asked.getHeaders("Baggage"))
                + Collections.list(asked.getHeaderNames()).stream()
                    .filter("baggage"::equalsIgnoreCase)
                    .toList()
                + tracer.getAllBaggage()
                + asked.getHeader("x-other"));
        chain.doFilter(request, response);
      };
    }
  }

  @Test
  void baggageIsReadByNobody() throws Exception {
    Seen.BAGGAGE.clear();
    HttpResponse<String> answer =
        get(
            "/health",
            "traceparent",
            "00-" + TRACE + "-00f067aa0ba902b7-01",
            "Baggage",
            "who=canary-of-baggage",
            "x-other",
            "there");
    assertThat(trace(answer)).as("the trace goes on without it").isEqualTo(TRACE);
    assertThat(Seen.BAGGAGE.poll(20, TimeUnit.SECONDS)).isEqualTo("null[][]{}there");
  }

  @Test
  void aRequestWithoutATraceOrWithABadOneGetsOneOfItsOwn() throws Exception {
    var traces = new HashSet<String>();
    for (String brought :
        List.of("", "00-0-0-01", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "canary")) {
      String trace =
          trace(brought.isEmpty() ? get("/health") : get("/health", "traceparent", brought));
      assertThat(trace).as(brought).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
      traces.add(trace);
    }
    assertThat(traces).hasSize(4);
  }

  @Test
  void aRefusalOfTheApiNamesItsTrace() throws Exception {
    HttpResponse<String> answer = get("/api/v1/revisions");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(CanonicalJson.read(answer.body().getBytes(UTF_8)).text("trace"))
        .isEqualTo(trace(answer))
        .hasSize(32);
  }

  @Test
  void metricsAreSentAndNameNoPathOfACaller() throws Exception {
    get("/a/orders/prod/roles/canary-of-a-path?filter=canary-of-a-query");
    var named = new HashSet<String>();
    while (!named.containsAll(Set.of("jvm.memory.used", "http.server.requests"))) {
      Sent sent = SENT.poll(20, TimeUnit.SECONDS);
      assertThat(sent).as("what is sent after " + named).isNotNull();
      assertThat(sent.path()).isEqualTo("/v1/metrics");
      assertThat(sent.type()).isEqualTo("application/x-protobuf");
      assertThat(new String(sent.body(), ISO_8859_1))
          .contains("grantway-admin")
          .doesNotContain("canary-of");
      sent.metrics().forEach(it -> named.add(it.getName()));
    }
  }
}
