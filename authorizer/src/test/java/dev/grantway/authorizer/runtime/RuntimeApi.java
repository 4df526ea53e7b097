package dev.grantway.authorizer.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lambda's Runtime API on loopback: hands out events one by one and takes what comes back. */
final class RuntimeApi implements AutoCloseable {
  /** What was posted for an event. */
  record Posted(String kind, String body) {}

  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final HttpServer server;

  /** Completed when the client has initialised and waits to be restored. */
  final CompletableFuture<Void> waiting = new CompletableFuture<>();

  /** To be completed for the restore. */
  final CompletableFuture<Void> restored = new CompletableFuture<>();

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/2018-06-01/runtime", this::serve);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Posted invoke(byte[] event) throws InterruptedException {
    events.add(event);
    var answer = posted.poll(60, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("the runtime client posted nothing in 60 seconds");
    }
    return answer;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.endsWith("/restore/next")) {
        waiting.complete(null);
        restored.join();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      if (path.endsWith("/next")) {
        next(exchange);
        return;
      }
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      posted.add(new Posted(path.substring(path.lastIndexOf('/') + 1), body));
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take();
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
