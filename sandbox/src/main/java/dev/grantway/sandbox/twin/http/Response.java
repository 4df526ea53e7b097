package dev.grantway.sandbox.twin.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP response; the server adds {@code Date}, {@code Content-Length}, {@code Connection}.
 *
 * @param upgrade what the connection becomes after a 101
 */
public record Response(int status, List<Header> headers, byte[] body, Optional<Upgrade> upgrade) {

  /** A WebSocket, and what is said on it. */
  public record Upgrade(Conversation conversation, WebSocketLimits limits) {}

  public Response(int status, List<Header> headers, byte[] body) {
    this(status, headers, body, Optional.empty());
  }

  public Response {
    headers = List.copyOf(headers);
    body = body.clone();
  }

  public static Response json(int status, String body) {
    return json(status, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Response json(int status, byte[] body) {
    return new Response(status, List.of(new Header("Content-Type", "application/json")), body);
  }

  public static Response empty(int status) {
    return new Response(status, List.of(), new byte[0]);
  }

  static Response switching(Upgrade upgrade) {
    return new Response(101, List.of(), new byte[0], Optional.of(upgrade));
  }

  public Response with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body, upgrade);
  }

  @Override
  public byte[] body() {
    return body.clone();
  }
}
