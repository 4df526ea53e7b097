package dev.grantway.sandbox.twin.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The server's side of the opening handshake (RFC 6455 section 4.2). */
public final class WebSocketHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** What to answer to a request that does not open a WebSocket as it should. */
  public static Optional<Response> refusal(Request request) {
    if (!has(request, "Upgrade", "websocket") || !has(request, "Connection", "upgrade")) {
      return Optional.of(upgradeRequired("this is a WebSocket API"));
    }
    if (!request.headerValues("Sec-WebSocket-Version").equals(List.of("13"))) {
      return Optional.of(upgradeRequired("only version 13 is spoken"));
    }
    if (!request.method().equals("GET")
        || !request.version().equals("HTTP/1.1")
        || key(request).isEmpty()) {
      return Optional.of(Response.json(400, "{\"message\":\"malformed WebSocket handshake\"}"));
    }
    return Optional.empty();
  }

  /**
   * Opens the WebSocket.
   *
   * @param request that {@link #refusal} has nothing against
   */
  public static Response accept(
      Request request, WebSocketLimits limits, Conversation conversation) {
    String key = key(request).orElseThrow();
    return Response.switching(new Response.Upgrade(conversation, limits))
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Accept", answerTo(key));
  }

  private static Response upgradeRequired(String why) {
    return Response.json(426, "{\"message\":\"Upgrade Required: " + why + "\"}")
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Version", "13");
  }

  private static boolean has(Request request, String header, String option) {
    return request.headerValues(header).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .anyMatch(value -> value.strip().equalsIgnoreCase(option));
  }

  /** The one key, sixteen bytes in base64. */
  private static Optional<String> key(Request request) {
    List<String> keys = request.headerValues("Sec-WebSocket-Key");
    try {
      return keys.size() == 1 && Base64.getDecoder().decode(keys.getFirst()).length == KEY_BYTES
          ? Optional.of(keys.getFirst())
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static String answerTo(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
