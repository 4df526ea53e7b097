package dev.grantway.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.sandbox.twin.http.HttpServer;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadGeneratorTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final List<Call> CALLS =
      List.of(
          new Call("GET", "/a", "t1", 200, "/a"),
          new Call("GET", "/b", "t2", 200, "/b"),
          new Call("POST", "/no", "t3", 403, ""));

  @TempDir private Path folder;

  private final AtomicLong served = new AtomicLong();
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private Response echo(Request request) {
    most.accumulateAndGet(under.incrementAndGet(), Math::max);
    try {
      served.incrementAndGet();
      return Response.json(request.target().equals("/no") ? 403 : 200, request.target())
          .with("x-twin-cache", request.target().equals("/a") ? "hit" : "miss");
    } finally {
      under.decrementAndGet();
    }
  }

  private HttpServer server() throws IOException {
    return HttpServer.start(0, 1000, Clock.systemUTC(), this::echo);
  }

  @Test
  void everyCallIsCountedAndEveryOneAfterTheWarmUpMeasured() throws Exception {
    try (HttpServer server = server()) {
      var generator = new LoadGenerator(server.port(), 4, CALLS);
      LoadResult result = generator.run(SHORT, SHORT);
      assertThat(result.wrong()).isEmpty();
      assertThat(result.calls()).isEqualTo(served.get()).isGreaterThan(result.nanos().length);
      assertThat(LongStream.of(result.nanos())).isNotEmpty().allMatch(nanos -> nanos > 0);
      assertThat(result.caches().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(result.nanos().length);
      assertThat(result.share("hit")).isBetween(25.0, 42.0);
      assertThat(result.throughput()).isEqualTo(result.nanos().length / 0.3);
      assertThat(most.get()).isBetween(1, 4);
    }
  }

  @Test
  void withoutAWarmUpEveryCallIsMeasured() throws Exception {
    try (HttpServer server = server()) {
      LoadResult result = new LoadGenerator(server.port(), 2, CALLS).run(Duration.ZERO, SHORT);
      assertThat(result.nanos()).hasSize((int) served.get());
    }
  }

  @Test
  void aWrongStatusEndsTheRunAndSaysWhatWithoutTheToken() throws Exception {
    try (HttpServer server = server()) {
      var wrong = List.of(new Call("GET", "/no", "secret", 200, ""));
      long began = System.nanoTime();
      LoadResult result =
          new LoadGenerator(server.port(), 1, wrong).run(Duration.ZERO, Duration.ofMinutes(5));
      assertThat(result.wrong()).containsExactly("GET /no was answered 403 and not 200");
      assertThat(served).hasValue(1);
      assertThat(System.nanoTime() - began).isLessThan(Duration.ofMinutes(1).toNanos());
    }
  }

  @Test
  void anAnswerToAnotherRequestIsWrong() throws Exception {
    try (HttpServer server = server()) {
      var crossed = List.of(new Call("GET", "/a", "t", 200, "/b"));
      LoadResult result = new LoadGenerator(server.port(), 1, crossed).run(SHORT, SHORT);
      assertThat(result.wrong()).containsExactly("GET /a was answered for another request");
    }
  }

  @Test
  void aConnectionThatBreaksIsWrong() throws Exception {
    HttpServer server = server();
    int port = server.port();
    server.close();
    assertThat(new LoadGenerator(port, 1, CALLS).run(SHORT, SHORT).wrong())
        .singleElement()
        .asString()
        .startsWith("a connection broke");
  }

  @Test
  void otherCallsAreSentFromThenOn() throws Exception {
    try (HttpServer server = server()) {
      var generator = new LoadGenerator(server.port(), 1, List.of(CALLS.getFirst()));
      generator.instead(List.of(CALLS.get(1)));
      assertThat(generator.run(Duration.ZERO, SHORT).caches()).containsOnlyKeys("miss");
      assertThatThrownBy(() -> generator.instead(List.of())).hasMessageContaining("nothing");
    }
  }

  @Test
  void callsAndResultsSurviveTheirFiles() throws Exception {
    Path calls = folder.resolve("calls");
    Call.write(CALLS, calls);
    assertThat(Call.read(calls)).isEqualTo(CALLS);
    assertThatThrownBy(() -> new Call("GET", "/a\tb", "t", 200, ""))
        .hasMessageContaining("control characters");
    Files.writeString(calls, "");
    assertThatThrownBy(() -> Call.read(calls)).hasMessageContaining("holds no call");

    var result =
        new LoadResult(7, List.of("ü"), 42, 1.5, new long[] {3, 1, 2}, Map.of("hit", 2L, "", 1L));
    Path file = folder.resolve("result");
    result.write(file);
    LoadResult again = LoadResult.read(file);
    assertThat(again.calls()).isEqualTo(7);
    assertThat(again.wrong()).containsExactly("ü");
    assertThat(again.began()).isEqualTo(42);
    assertThat(again.seconds()).isEqualTo(1.5);
    assertThat(again.nanos()).containsExactly(3, 1, 2);
    assertThat(again.caches()).isEqualTo(Map.of("hit", 2L, "", 1L));
  }

  @Test
  void whatHappenedWhileItWasMeasuredIsCounted() {
    var result = new LoadResult(1, List.of(), 10_000, 2, new long[] {1}, Map.of());
    assertThat(
            result.during(
                LongStream.of(9_999, 10_000, 11_000, 11_999, 12_000)
                    .mapToObj(Instant::ofEpochMilli)
                    .toList()))
        .isEqualTo(3);
  }

  @Test
  void twoRunsTogetherLoseNoCall() {
    var one = new LoadResult(3, List.of(), 0, 1, new long[] {1, 2}, Map.of("hit", 2L));
    var two = new LoadResult(5, List.of("x"), 9, 2, new long[] {9}, Map.of("hit", 1L, "off", 4L));
    LoadResult both = one.plus(two);
    assertThat(both.calls()).isEqualTo(8);
    assertThat(both.wrong()).containsExactly("x");
    assertThat(both.nanos()).containsExactly(1, 2, 9);
    assertThat(both.throughput()).isEqualTo(1);
    assertThat(both.caches()).isEqualTo(Map.of("hit", 3L, "off", 4L));
  }

  @Test
  void anAnswerThatEndsEarlyIsRefused() {
    for (String cut :
        List.of(
            "",
            "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\n\r\n",
            "nonsense\r\n\r\n")) {
      assertThatThrownBy(
              () -> Reply.read(new ByteArrayInputStream(cut.getBytes(StandardCharsets.UTF_8))))
          .as(cut)
          .isInstanceOf(IOException.class);
    }
  }
}
