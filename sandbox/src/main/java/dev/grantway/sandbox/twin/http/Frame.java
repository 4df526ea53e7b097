package dev.grantway.sandbox.twin.http;

/**
 * One frame of a WebSocket (RFC 6455 section 5.2).
 *
 * @param last whether its message ends with it
 * @param payload unmasked
 */
record Frame(boolean last, int opcode, byte[] payload) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  Frame {
    payload = payload.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  int length() {
    return payload.length;
  }

  boolean isControl() {
    return opcode >= CLOSE;
  }
}
