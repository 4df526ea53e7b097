package dev.grantway.authorizer.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.revision.Revision;
import dev.grantway.store.Touched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** A table on loopback that holds a head and nothing else; it notes which items are asked for. */
final class HeadTable implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("\"sk\":\\{\"S\":\"([^\"]*)\"");

  /** The sort key of each GetItem; of other operations their name. */
  final Queue<String> reads = new ConcurrentLinkedQueue<>();

  private final HttpServer server;
  private final byte[] head;

  HeadTable() throws IOException {
    var touched = Base64.getEncoder().encodeToString(Touched.NOTHING.bytes());
    head =
        """
        {"Item": {"rev": {"N": "0"}, "hash": {"S": "%s"}, "at": {"S": "2026-11-22T10:00:00Z"},
         "floor": {"N": "0"}, "epoch": {"N": "0"}, "touched": {"B": "%s"}}}\
        """
            .formatted(Revision.NO_HASH, touched)
            .getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      var key = KEY.matcher(body);
      var asked = operation.endsWith(".GetItem") && key.find() ? key.group(1) : operation;
      reads.add(asked);
      byte[] answer = asked.equals("HEAD") ? head : "{}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
