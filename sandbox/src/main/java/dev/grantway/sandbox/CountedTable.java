package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.HttpServer;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table as it is, on another port of 127.0.0.1, where it is counted what is read of it: requests
 * by the operation that {@code X-Amz-Target} names. What is written passes uncounted.
 */
final class CountedTable implements AutoCloseable {
  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> READS = Set.of("GetItem", "Query", "BatchGetItem", "Scan");

  /** Those of a connection, which each side has its own of. */
  private static final Set<String> HOPS =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SortedMap<String, Integer> reads = new TreeMap<>();
  private final URI table;
  private final HttpServer server;

  CountedTable(int port, Clock clock) throws IOException {
    table = URI.create("http://127.0.0.1:" + port + "/");
    server = HttpServer.start(0, MAX_BODY, clock, this::handle);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** What was read since this was last asked, in the order of the names of operations. */
  synchronized SortedMap<String, Integer> taken() {
    var taken = new TreeMap<>(reads);
    reads.clear();
    return taken;
  }

  private synchronized void count(Request request) {
    String target = request.header("X-Amz-Target").orElse("");
    String operation = target.substring(target.indexOf('.') + 1);
    if (READS.contains(operation)) {
      reads.merge(operation, 1, Integer::sum);
    }
  }

  private Response handle(Request request) throws InterruptedException {
    count(request);
    var onwards =
        HttpRequest.newBuilder(table.resolve(request.target()))
            .timeout(PATIENCE)
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().stream()
        .filter(it -> isEndToEnd(it.name()))
        .forEach(it -> onwards.header(it.name(), it.value()));
    try {
      HttpResponse<byte[]> answer =
          client.send(onwards.build(), HttpResponse.BodyHandlers.ofByteArray());
      List<Header> headers =
          answer.headers().map().entrySet().stream()
              .filter(it -> isEndToEnd(it.getKey()))
              .flatMap(it -> it.getValue().stream().map(value -> new Header(it.getKey(), value)))
              .toList();
      return new Response(answer.statusCode(), headers, answer.body());
    } catch (IOException gone) {
      return Response.empty(502);
    }
  }

  private static boolean isEndToEnd(String header) {
    return !HOPS.contains(header.toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
