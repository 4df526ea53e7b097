package dev.grantway.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lambda's Runtime API, as far as one instance that is asked one event at a time needs it. */
final class LambdaHost implements AutoCloseable {
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final HttpServer server;

  private LambdaHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/2018-06-01/runtime", this::serve);
  }

  static LambdaHost start() throws IOException {
    var host = new LambdaHost();
    host.server.start();
    return host;
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} says. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the function posts for that event, or that nothing came in time. */
  String call(String event, Duration patience) throws InterruptedException {
    events.add(event);
    String answer = posted.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return answer == null ? "nothing within " + patience : answer;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().endsWith("/next")) {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, -1);
        posted.add(body);
        return;
      }
      byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
      var headers = exchange.getResponseHeaders();
      headers.add("Content-Type", "application/json");
      headers.add("Lambda-Runtime-Aws-Request-Id", "r-1");
      headers.add("Lambda-Runtime-Deadline-Ms", "4102444800000");
      headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:f");
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
