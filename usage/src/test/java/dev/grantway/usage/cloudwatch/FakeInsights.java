package dev.grantway.usage.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log group behind the protocol of CloudWatch Logs (AWS JSON 1.1): StartQuery, GetQueryResults
 * and StopQuery. Its queries see what their window holds, the oldest first, as far as the limit.
 */
final class FakeInsights implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Pattern WINDOW =
      Pattern.compile("(?s)(?=.*\"startTime\":([0-9]+))(?=.*\"endTime\":([0-9]+)).*");

  final List<Event> events = new ArrayList<>();
  final List<String> windows = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final List<String> signatures = new ArrayList<>();

  /** What the next calls are answered instead: an error's type, or a state of a query. */
  final Deque<String> errors = new ArrayDeque<>();

  final Deque<String> states = new ArrayDeque<>();

  /** What the next questions for results are answered instead: an error's type. */
  final Deque<String> resultErrors = new ArrayDeque<>();

  /** Whether queries cannot be stopped. */
  boolean unstoppable;

  /** What every query ends as. */
  String end = "Complete";

  /** Whether a window's last second belongs to it as a whole. */
  boolean wholeSeconds;

  int matchedBeyond;

  /** What the first window has beside its own. */
  @Nullable Event astray;

  private final Map<String, String> queries = new HashMap<>();
  private final HttpServer server;

  record Event(String pointer, Instant at, String message) {}

  FakeInsights() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void log(Instant at, String message) {
    events.add(new Event("p" + events.size(), at, message));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    signatures.add(
        target
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    String operation = target.replace("Logs_20140328.", "");
    String error =
        switch (operation) {
          case "StartQuery" -> errors.poll();
          case "GetQueryResults" -> resultErrors.poll();
          default -> null;
        };
    if (error != null) {
      send(exchange, 400, "{\"__type\":\"" + error + "\",\"message\":\"no\"}");
      return;
    }
    switch (operation) {
      case "StartQuery" -> {
        String id = "q" + queries.size();
        queries.put(id, body);
        send(exchange, 200, "{\"queryId\":\"" + id + "\"}");
      }
      case "StopQuery" -> {
        stopped.add(body);
        if (unstoppable) {
          send(exchange, 400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
        } else {
          send(exchange, 200, "{\"success\":true}");
        }
      }
      case "GetQueryResults" -> results(exchange, body);
      default -> send(exchange, 400, "{\"__type\":\"UnknownOperationException\"}");
    }
  }

  private void results(HttpExchange exchange, String body) throws IOException {
    String state = states.isEmpty() ? end : states.poll();
    if (!state.equals("Complete")) {
      send(exchange, 200, "{\"status\":\"" + state + "\",\"results\":[]}");
      return;
    }
    String query = queries.get(body.replaceAll("(?s).*\"queryId\":\"([^\"]+)\".*", "$1"));
    Matcher window = WINDOW.matcher(String.valueOf(query));
    if (!window.matches()) {
      throw new IllegalStateException("no window in " + query);
    }
    long from = Long.parseLong(window.group(1)) * 1000;
    long to = Long.parseLong(window.group(2)) * 1000 + (wholeSeconds ? 999 : 0);
    windows.add(window.group(1) + "-" + window.group(2));
    List<Event> found =
        events.stream()
            .filter(it -> it.at().toEpochMilli() >= from && it.at().toEpochMilli() <= to)
            .sorted((one, other) -> one.at().compareTo(other.at()))
            .toList();
    var rows = new ArrayList<String>();
    found.stream().limit(Query.MOST).map(FakeInsights::row).forEach(rows::add);
    if (astray != null) {
      rows.add(row(astray));
    }
    send(
        exchange,
        200,
        "{\"status\":\"Complete\",\"statistics\":{\"recordsMatched\":%d.0,\"recordsScanned\":%d.0,"
                .formatted(found.size() + matchedBeyond, events.size())
            + "\"bytesScanned\":1000.0},\"results\":["
            + String.join(",", rows)
            + "]}");
  }

  private static String row(Event it) {
    return "["
        + field("@timestamp", TIME.format(it.at()))
        + ","
        + field("@message", it.message().replace("\"", "\\\"").replace("\n", "\\n"))
        + ","
        + field("@ptr", it.pointer())
        + "]";
  }

  private static String field(String name, String value) {
    return "{\"field\":\"" + name + "\",\"value\":\"" + value + "\"}";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
