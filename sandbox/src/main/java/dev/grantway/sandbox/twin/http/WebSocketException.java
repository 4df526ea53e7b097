package dev.grantway.sandbox.twin.http;

import java.io.IOException;

/** What came is not RFC 6455, or too much of it: the connection is closed with its code. */
final class WebSocketException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  WebSocketException(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
