package dev.grantway.sandbox.twin.http;

import java.time.Duration;

/**
 * How much and how long a client may speak on a WebSocket.
 *
 * @param frameBytes the longest payload of one frame; a longer one ends the connection with 1009
 * @param messageBytes the same of a whole message
 * @param idle without a byte from the client before the connection ends with 1001
 * @param longest of the whole connection, likewise
 */
public record WebSocketLimits(int frameBytes, int messageBytes, Duration idle, Duration longest) {

  /** API Gateway's quotas: 32 KB, 128 KB, ten minutes, two hours. */
  public static final WebSocketLimits API_GATEWAY =
      new WebSocketLimits(32 * 1024, 128 * 1024, Duration.ofMinutes(10), Duration.ofHours(2));
}
