package dev.grantway.sandbox.twin.lambda;

import dev.grantway.sandbox.twin.http.HttpServer;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's Runtime API, version 2018-06-01, on loopback, for one child. The client reads the body
 * only of responses that say their {@code Content-Type}.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final int MAX_BODY = 6 * 1024 * 1024 + 1024;

  private static final Invocation EXITED =
      new Invocation.Failed("the runtime exited", "Runtime.ExitError");

  private record Pending(String id, byte[] event, long deadlineMillis) {}

  private final HttpServer server;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final ConcurrentMap<String, CompletableFuture<Invocation>> open =
      new ConcurrentHashMap<>();
  private final CompletableFuture<Optional<String>> started = new CompletableFuture<>();
  private final Clock clock;
  private volatile boolean closed;

  RuntimeApi(Clock clock) throws IOException {
    this.clock = clock;
    this.server = HttpServer.start(0, MAX_BODY, clock, this::handle);
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  /** Empty once the child asks for events; or the type of the error with which its start failed. */
  CompletableFuture<Optional<String>> started() {
    return started;
  }

  CompletableFuture<Invocation> offer(byte[] event, Duration timeout) {
    String id = UUID.randomUUID().toString();
    var answer = new CompletableFuture<Invocation>();
    open.put(id, answer);
    if (closed) {
      answer.complete(EXITED);
    }
    queue.add(new Pending(id, event, clock.millis() + timeout.toMillis()));
    return answer.whenComplete((invocation, error) -> open.remove(id));
  }

  private Response handle(Request request) throws InterruptedException {
    String path = request.target();
    if (request.method().equals("GET") && path.equals(PREFIX + "invocation/next")) {
      return next();
    }
    if (request.method().equals("POST") && path.equals(PREFIX + "init/error")) {
      started.complete(Optional.of(RuntimeError.read(request).errorType()));
      return accepted();
    }
    if (request.method().equals("POST") && path.startsWith(PREFIX + "invocation/")) {
      String[] parts = path.substring((PREFIX + "invocation/").length()).split("/", -1);
      if (parts.length == 2 && parts[1].equals("response")) {
        return complete(parts[0], new Invocation.Answered(request.body()));
      }
      if (parts.length == 2 && parts[1].equals("error")) {
        return complete(parts[0], RuntimeError.read(request));
      }
    }
    return Response.json(
        404, "{\"errorMessage\":\"no such operation\",\"errorType\":\"NotFound\"}");
  }

  private Response next() throws InterruptedException {
    started.complete(Optional.empty());
    Pending pending = queue.take();
    return Response.json(200, pending.event())
        .with("Lambda-Runtime-Aws-Request-Id", pending.id())
        .with("Lambda-Runtime-Deadline-Ms", String.valueOf(pending.deadlineMillis()))
        .with("Lambda-Runtime-Invoked-Function-Arn", LambdaNames.ARN)
        .with(
            "Lambda-Runtime-Trace-Id",
            "Root=1-00000000-" + pending.id().replace("-", "").substring(0, 24));
  }

  private Response complete(String id, Invocation invocation) {
    CompletableFuture<Invocation> waiting = open.get(id);
    if (waiting == null || !waiting.complete(invocation)) {
      return Response.json(
          400, "{\"errorMessage\":\"unknown request id\",\"errorType\":\"InvalidRequestID\"}");
    }
    return accepted();
  }

  private static Response accepted() {
    return Response.json(202, "{\"status\":\"OK\"}");
  }

  /** Ends whatever waits: the child is gone. */
  @Override
  public void close() {
    closed = true;
    server.close();
    started.complete(Optional.of("Runtime.ExitError"));
    open.values().forEach(waiting -> waiting.complete(EXITED));
  }
}
