package dev.grantway.sandbox.twin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's own client, whose events a test takes one after another. */
final class WebSocketClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private WebSocket socket;

  private WebSocketClient(int port, String target, String... headers) throws Exception {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      builder.header(parts[0], parts[1]);
    }
    this.socket =
        builder
            .buildAsync(URI.create("ws://127.0.0.1:" + port + target), new Listener())
            .get(10, TimeUnit.SECONDS);
  }

  /**
   * @param headers {@code Name: value}
   */
  static WebSocketClient connect(int port, String target, String... headers) throws Exception {
    return new WebSocketClient(port, target, headers);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        events.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      events.add("pong " + message.remaining());
      return WebSocket.Listener.super.onPong(from, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      events.add("close " + code);
      return WebSocket.Listener.super.onClose(from, code, reason);
    }
  }

  WebSocket socket() {
    return socket;
  }

  /** The next event: a whole text, {@code pong N} or {@code close N}. */
  String next() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "(nothing)" : event;
  }

  /** What is answered to that text. */
  String ask(String text) throws Exception {
    socket.sendText(text, true).get(10, TimeUnit.SECONDS);
    return next();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
