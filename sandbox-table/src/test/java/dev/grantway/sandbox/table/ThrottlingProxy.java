package dev.grantway.sandbox.table;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through as many write units a second as it is told, as a table with that capacity does: of a
 * batch it takes what there are units for and hands the rest back as unprocessed; where there are
 * none it answers with an error. What is left of one second may be used in the next, and no longer.
 */
final class ThrottlingProxy implements AutoCloseable {
  private static final String THROTTLED =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
          + "\"message\":\"slow down\"}";
  private static final Pattern UNITS = Pattern.compile("\"CapacityUnits\":([0-9.]+)");
  private static final String NOTHING_LEFT = "\"UnprocessedItems\":{}";

  private final double rate;
  private final Upstream upstream;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private double units;
  private double taken;
  private int refused;
  private int handedBack;
  private long filledAt = System.nanoTime();
  private long firstAt;
  private long lastAt;

  ThrottlingProxy(int port, double unitsASecond) throws IOException {
    upstream = new Upstream(port);
    rate = unitsASecond;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Units since the last look, and how they were used. */
  record Used(double units, double seconds, int refused, int handedBack) {
    double aSecond() {
      return units / seconds;
    }
  }

  synchronized Used used() {
    var used = new Used(taken, (lastAt - firstAt) / 1e9, refused, handedBack);
    taken = 0;
    refused = 0;
    handedBack = 0;
    return used;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      if (target.endsWith(".GetItem") || target.endsWith(".Query") || target.endsWith(".Scan")) {
        answer(exchange, send(exchange, body), "");
      } else if (target.endsWith(".BatchWriteItem")) {
        batch(exchange, body);
      } else if (available() > 0) {
        answer(exchange, debited(send(exchange, body)), "");
      } else {
        throttle(exchange);
      }
    } catch (IOException gone) {
      // The client gave up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void batch(HttpExchange exchange, String body) throws IOException, InterruptedException {
    int open = body.indexOf('[');
    int close = body.lastIndexOf(']');
    List<String> items = elements(body.substring(open + 1, close));
    int some = reserve(items);
    if (some == 0) {
      throttle(exchange);
      return;
    }
    String now = body.substring(0, open + 1) + String.join(",", items.subList(0, some));
    HttpResponse<byte[]> answer = settled(send(exchange, now + body.substring(close)), items, some);
    String left = String.join(",", items.subList(some, items.size()));
    answer(exchange, answer, left.isEmpty() ? "" : "\"" + Turning.TABLE + "\":[" + left + "]");
  }

  private static double estimate(String item) {
    return Math.ceil(item.length() * 0.75 / 1024);
  }

  /** Takes units for as many items as there are units for, at least for one if there are any. */
  private synchronized int reserve(List<String> items) {
    if (available() <= 0) {
      return 0;
    }
    int some = 0;
    while (some < items.size() && units > 0) {
      units -= estimate(items.get(some++));
    }
    handedBack += items.size() - some;
    return some;
  }

  /** The estimate is replaced by what the table says it was. */
  private synchronized HttpResponse<byte[]> settled(
      HttpResponse<byte[]> answer, List<String> items, int some) {
    for (int i = 0; i < some; i++) {
      units += estimate(items.get(i));
    }
    return debited(answer);
  }

  private synchronized HttpResponse<byte[]> debited(HttpResponse<byte[]> answer) {
    Matcher said = UNITS.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    double used = said.find() ? Double.parseDouble(said.group(1)) : 1;
    units -= used;
    lastAt = System.nanoTime();
    if (taken == 0) {
      firstAt = lastAt;
    }
    taken += used;
    return answer;
  }

  private synchronized double available() {
    long now = System.nanoTime();
    units = Math.min(rate, units + (now - filledAt) / 1e9 * rate);
    filledAt = now;
    return units;
  }

  private void throttle(HttpExchange exchange) throws IOException {
    synchronized (this) {
      refused++;
    }
    Upstream.answer(exchange, 400, THROTTLED.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, String unprocessed)
      throws IOException {
    byte[] body = answer.body();
    if (!unprocessed.isEmpty()) {
      var text = new String(body, StandardCharsets.UTF_8);
      if (!text.contains(NOTHING_LEFT)) {
        throw new IllegalStateException("the table left something over: " + text);
      }
      body =
          text.replace(NOTHING_LEFT, "\"UnprocessedItems\":{" + unprocessed + "}")
              .getBytes(StandardCharsets.UTF_8);
    }
    Upstream.answer(exchange, answer.statusCode(), body);
  }

  private HttpResponse<byte[]> send(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    return upstream.send(exchange, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The elements of a JSON array, as they stand. */
  private static List<String> elements(String array) {
    var elements = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < array.length(); i++) {
      char c = array.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' && depth++ == 0) {
        start = i;
      } else if (c == '}' && --depth == 0) {
        elements.add(array.substring(start, i + 1));
      }
    }
    return elements;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    upstream.close();
  }
}
