package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.twin.http.WebSocketLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 byte by byte, which no well-behaved client can be made to break. */
class WebSocketWireTest {
  private static final String MASK = "01020304";

  /** A connection whose bytes a test writes itself. */
  private static final class Wire implements AutoCloseable {
    private final Socket socket;
    private final String head;

    Wire(LiveWorld world, String... headers) throws IOException {
      socket = new Socket("127.0.0.1", world.twin.port());
      socket.setSoTimeout(10_000);
      send(
          ("GET /live/prod HTTP/1.1\r\nHost: t\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      var text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      head = text.toString();
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Everything until the server closes, in hex. */
    String rest() throws IOException {
      return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
    }

    byte[] read(int length) throws IOException {
      return socket.getInputStream().readNBytes(length);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Wire open(LiveWorld world) throws IOException {
    var wire =
        new Wire(
            world,
            "upgrade: WebSocket",
            "connection: keep-alive, UPGRADE",
            "sec-websocket-version: 13",
            "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(wire.head).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
    return wire;
  }

  private static byte[] frame(int first, byte[] payload) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else {
      out.write(0x80 | 126);
      out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    }
    byte[] mask = HexFormat.of().parseHex(MASK);
    out.write(mask);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ mask[i % 4]);
    }
    return out.toByteArray();
  }

  private static byte[] frame(int first, String payload) throws IOException {
    return frame(first, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** The example of RFC 6455 section 1.3. */
  @Test
  void keyIsAnsweredAsTheStandardHasIt() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        Wire wire = open(world)) {
      assertThat(wire.head)
          .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("\r\nUpgrade: websocket\r\n", "\r\nConnection: Upgrade\r\n")
          .doesNotContain("Content-Length", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade: h2c;Connection: upgrade;Sec-WebSocket-Version: 13;Sec-WebSocket-Key: KEY, 426",
    "Upgrade: websocket;Connection: close;Sec-WebSocket-Version: 13;Sec-WebSocket-Key: KEY, 426",
    "Upgrade: websocket;Connection: upgrade;Sec-WebSocket-Version: 8;Sec-WebSocket-Key: KEY, 426",
    "Upgrade: websocket;Connection: upgrade;Sec-WebSocket-Key: KEY, 426",
    "Upgrade: websocket;Connection: upgrade;Sec-WebSocket-Version: 13, 400",
    "Upgrade: websocket;Connection: upgrade;Sec-WebSocket-Version: 13;Sec-WebSocket-Key: abc, 400",
    "Upgrade: websocket;Connection: upgrade;Sec-WebSocket-Version: 13;Sec-WebSocket-Key: YWJj, 400",
  })
  void malformedHandshakeIsRefusedBeforeAnybodyIsAsked(String headers, int status)
      throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        Wire wire =
            new Wire(world, headers.replace("KEY", "dGhlIHNhbXBsZSBub25jZQ==").split(";"))) {
      assertThat(wire.head).startsWith("HTTP/1.1 " + status + " ");
      assertThat(wire.head.contains("\r\nSec-WebSocket-Version: 13\r\n")).isEqualTo(status == 426);
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  /** What is sent, in hex, and the code that closes the connection. */
  @ParameterizedTest
  @CsvSource({
    "8103616263, 1002, a frame that is not masked",
    "c18001020304, 1002, a reserved bit",
    "a18001020304, 1002, a reserved bit",
    "918001020304, 1002, a reserved bit",
    "838001020304, 1002, a reserved opcode",
    "8b8001020304, 1002, a reserved control opcode",
    "098001020304, 1002, a fragmented ping",
    "89fe007e01020304, 1002, a ping of 126 bytes",
    "808001020304, 1002, a continuation of nothing",
    "018001020304818001020304, 1002, a message within a message",
    "81fe000101020304, 1002, a length of two bytes where one is enough",
    "81ff000000000000ffff01020304, 1002, a length of eight bytes where two are enough",
    "81ffffffffffffffffff01020304, 1002, a length with its first bit set",
    "81ff000000010000000001020304, 1009, a frame of 4 GiB",
    "88810102030402, 1002, a close of one byte",
    "888201020304020c, 1002, close code 1006",
    "88820102030400e9, 1002, close code 491",
    "818101020304fe, 1007, a byte that is no UTF-8",
  })
  void violationClosesTheConnection(String sent, int code, String what) throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Wire wire = open(world)) {
      wire.send(HexFormat.of().parseHex(sent));
      String rest = wire.rest();
      assertThat(rest).as(what).startsWith("88");
      assertThat(Integer.parseInt(rest.substring(4, 8), 16)).as(what).isEqualTo(code);
      assertThat(rest)
          .as("one close frame and no more")
          .hasSize(4 + 2 * Integer.parseInt(rest.substring(2, 4), 16));
    }
  }

  @Test
  void frameOf32KiBIsTakenAndOneByteMoreIsNot() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"))) {
      try (Wire wire = open(world)) {
        wire.send(frame(0x81, new byte[32 * 1024]));
        assertThat(wire.read(1)).isEqualTo(new byte[] {(byte) 0x81});
      }
      try (Wire wire = open(world)) {
        wire.send(frame(0x81, new byte[32 * 1024 + 1]));
        assertThat(wire.rest()).startsWith("88").contains("03f1");
      }
    }
  }

  /**
   * A socket that is closed while bytes wait in it is reset, which loses what was answered: the
   * reason would never arrive at a client that was still sending.
   */
  @Test
  void clientThatIsStillSendingLearnsWhyItIsClosed() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Wire wire = open(world)) {
      var more = new ByteArrayOutputStream();
      more.write(HexFormat.of().parseHex("81ff000000000040000001020304"));
      more.write(new byte[4 * 1024 * 1024]);
      wire.send(more.toByteArray());
      wire.socket.shutdownOutput();
      assertThat(wire.rest()).startsWith("88").contains("03f1");
    }
  }

  @Test
  void closeIsReturnedWithItsCode() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"))) {
      for (String code : new String[] {"", "1000", "1001", "1011", "3000", "4999"}) {
        byte[] payload =
            code.isEmpty()
                ? new byte[0]
                : ByteBuffer.allocate(5)
                    .putChar((char) Integer.parseInt(code))
                    .put("bye".getBytes(StandardCharsets.US_ASCII))
                    .array();
        try (Wire wire = open(world)) {
          wire.send(frame(0x88, payload));
          String expected = code.isEmpty() ? "8800" : "8802%04x".formatted(Integer.parseInt(code));
          assertThat(wire.rest()).as(code).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void closeReasonMustBeUtf8() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Wire wire = open(world)) {
      wire.send(frame(0x88, new byte[] {3, (byte) 0xe8, (byte) 0xff}));
      assertThat(wire.rest()).startsWith("88").contains("03ef");
    }
  }

  @Test
  void controlFramesMayComeBetweenFragments() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("send"));
        Wire wire = open(world)) {
      wire.send(frame(0x01, "{\"action\":"));
      wire.send(frame(0x89, "p"));
      assertThat(wire.read(3)).isEqualTo(new byte[] {(byte) 0x8a, 1, 'p'});
      wire.send(frame(0x8a, "unasked for"));
      wire.send(frame(0x00, ""));
      wire.send(frame(0x80, "\"send\"}"));
      byte[] head = wire.read(4);
      assertThat(head[0]).isEqualTo((byte) 0x81);
      int length = Short.toUnsignedInt(ByteBuffer.wrap(head, 2, 2).getShort());
      assertThat(new String(wire.read(length), StandardCharsets.UTF_8))
          .contains("\"routeKey\":\"send\"");
    }
  }

  /** A character may be cut in two by a fragment. */
  @Test
  void textIsCheckedWhole() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Wire wire = open(world)) {
      byte[] text = "ü".getBytes(StandardCharsets.UTF_8);
      wire.send(frame(0x01, new byte[] {text[0]}));
      wire.send(frame(0x80, new byte[] {text[1]}));
      assertThat(wire.read(1)).isEqualTo(new byte[] {(byte) 0x81});
    }
  }

  @Test
  void messageSentTogetherWithTheHandshakeIsNotLost() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Socket socket = new Socket("127.0.0.1", world.twin.port())) {
      socket.setSoTimeout(10_000);
      var both = new ByteArrayOutputStream();
      both.write(
          ("GET /live/prod HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      both.write(frame(0x81, "early"));
      both.write(frame(0x88, ""));
      socket.getOutputStream().write(both.toByteArray());
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"body\":\"early\"");
    }
  }

  @Test
  void silentClientIsSentAway() throws Exception {
    var limits = new WebSocketLimits(100, 100, Duration.ofMillis(50), Duration.ofHours(1));
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"), limits);
        Wire wire = open(world)) {
      assertThat(wire.rest()).startsWith("88").contains("03e9");
    }
  }

  @Test
  void oldConnectionIsSentAwayHoweverBusy() throws Exception {
    var limits = new WebSocketLimits(100, 100, Duration.ofHours(1), Duration.ofHours(2));
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"), limits);
        Wire wire = open(world)) {
      wire.send(frame(0x89, ""));
      assertThat(wire.read(2)).isEqualTo(new byte[] {(byte) 0x8a, 0});
      world.clock.advance(Duration.ofHours(2));
      wire.send(frame(0x89, ""));
      // Only a frame that was waited for when the time was over is still answered.
      assertThat(wire.rest()).matches("(8a00)?88[0-9a-f]{2}03e9[0-9a-f]*");
    }
  }

  @Test
  void stoppingTheTwinEndsOpenConnections() throws Exception {
    try (LiveWorld world = new LiveWorld(LiveWorld.letting("$default"));
        Wire wire = open(world)) {
      world.twin.close();
      assertThat(wire.socket.getInputStream().read()).isNegative();
    }
  }
}
