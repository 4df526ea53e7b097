package dev.grantway.sandbox.twin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One open WebSocket: text messages are answered in order until either side closes. Binary messages
 * are refused, as API Gateway refuses them.
 */
final class WebSocketConnection {
  private final Socket socket;
  private final Frames frames;
  private final Conversation conversation;
  private final WebSocketLimits limits;
  private final Clock clock;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean within;

  WebSocketConnection(Socket socket, Frames frames, Response.Upgrade upgrade, Clock clock) {
    this.socket = socket;
    this.frames = frames;
    this.conversation = upgrade.conversation();
    this.limits = upgrade.limits();
    this.clock = clock;
  }

  void serve() throws IOException, InterruptedException {
    Instant end = clock.instant().plus(limits.longest());
    try {
      boolean open = true;
      while (open) {
        socket.setSoTimeout(patience(end));
        open = take(frames.next());
      }
    } catch (SocketTimeoutException silent) {
      close(CloseCode.GOING_AWAY, "idle or connected for too long");
    } catch (WebSocketException e) {
      close(e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException broken) {
      close(CloseCode.INTERNAL_ERROR, "the backend failed");
    }
  }

  private int patience(Instant end) throws SocketTimeoutException {
    Duration left = Duration.between(clock.instant(), end);
    Duration shorter = left.compareTo(limits.idle()) < 0 ? left : limits.idle();
    if (!shorter.isPositive()) {
      throw new SocketTimeoutException();
    }
    return (int) Math.max(1, shorter.toMillis()); // 0 would be for ever
  }

  /** False where the client closes. */
  private boolean take(Frame frame) throws IOException, InterruptedException {
    switch (frame.opcode()) {
      case Frame.CLOSE -> answerClose(frame.payload());
      case Frame.PING -> frames.write(Frame.PONG, frame.payload());
      case Frame.PONG -> {} // unasked for, which RFC 6455 section 5.5.3 allows
      case Frame.BINARY ->
          throw new WebSocketException(CloseCode.UNSUPPORTED, "binary messages are not supported");
      default -> takePart(frame);
    }
    return frame.opcode() != Frame.CLOSE;
  }

  private void takePart(Frame frame) throws IOException, InterruptedException {
    if (within != (frame.opcode() == Frame.CONTINUATION)) {
      throw new WebSocketException(
          CloseCode.PROTOCOL_ERROR, "a fragment is out of its message's order");
    }
    if (message.size() + frame.length() > limits.messageBytes()) {
      throw new WebSocketException(
          CloseCode.TOO_BIG, "message is longer than " + limits.messageBytes() + " bytes");
    }
    message.write(frame.payload());
    within = !frame.last();
    if (frame.last()) {
      String text = text(message.toByteArray());
      message.reset();
      frames.write(Frame.TEXT, conversation.reply(text).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void answerClose(byte[] payload) throws IOException {
    if (payload.length == 0) {
      frames.write(Frame.CLOSE, payload);
      return;
    }
    int code = payload.length == 1 ? CloseCode.NONE : ByteBuffer.wrap(payload).getChar();
    if (!CloseCode.maySend(code)) {
      throw new WebSocketException(CloseCode.PROTOCOL_ERROR, "close code must not be sent");
    }
    text(ByteBuffer.wrap(payload, 2, payload.length - 2).slice());
    close(code, "");
  }

  private void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer payload = ByteBuffer.allocate(2 + text.length).putChar((char) code).put(text);
    frames.write(Frame.CLOSE, payload.array());
  }

  private static String text(byte[] bytes) throws WebSocketException {
    return text(ByteBuffer.wrap(bytes));
  }

  private static String text(ByteBuffer bytes) throws WebSocketException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new WebSocketException(CloseCode.NOT_UTF_8, "text is not UTF-8");
    }
  }
}
