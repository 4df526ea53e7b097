package dev.grantway.sandbox.twin.http;

import java.io.IOException;

/** What came is not HTTP/1.1: answered with its status, then the connection is closed. */
final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
