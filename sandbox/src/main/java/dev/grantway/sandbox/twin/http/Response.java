package dev.grantway.sandbox.twin.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One HTTP response; the server adds {@code Date}, {@code Content-Length}, {@code Connection}. */
public record Response(int status, List<Header> headers, byte[] body) {
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

  public Response with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body);
  }

  @Override
  public byte[] body() {
    return body.clone();
  }
}
