package dev.grantway.sandbox.twin.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Reads a client's frames and writes a server's (RFC 6455 section 5). */
final class Frames {
  private static final int LAST = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  /** The longest payload of a control frame. */
  static final int CONTROL_BYTES = 125;

  private final WireInput in;
  private final OutputStream out;
  private final int longest;

  /**
   * @param longest payload of one frame that is read
   */
  Frames(WireInput in, OutputStream out, int longest) {
    this.in = in;
    this.out = out;
    this.longest = longest;
  }

  Frame next() throws IOException {
    byte[] head = in.exactly(2);
    boolean last = (head[0] & LAST) != 0;
    int opcode = head[0] & 0x0f;
    if ((head[0] & RESERVED) != 0) {
      throw violation("a reserved bit is set and no extension was agreed on");
    }
    if (opcode > Frame.BINARY && opcode < Frame.CLOSE || opcode > Frame.PONG) {
      throw violation("opcode " + opcode + " is reserved");
    }
    if ((head[1] & MASKED) == 0) {
      throw violation("a client's frame must be masked");
    }
    long length = length(head[1] & 0x7f);
    if (opcode >= Frame.CLOSE && (!last || length > CONTROL_BYTES)) {
      throw violation("a control frame is fragmented or longer than 125 bytes");
    }
    if (length > longest) {
      throw new WebSocketException(CloseCode.TOO_BIG, "frame is longer than " + longest + " bytes");
    }
    byte[] mask = in.exactly(4);
    byte[] payload = in.exactly((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Frame(last, opcode, payload);
  }

  private long length(int first) throws IOException {
    if (first < TWO_BYTES) {
      return first;
    }
    boolean two = first == TWO_BYTES;
    long length =
        two
            ? Short.toUnsignedLong(ByteBuffer.wrap(in.exactly(2)).getShort())
            : ByteBuffer.wrap(in.exactly(8)).getLong();
    if (length < (two ? TWO_BYTES : 65_536)) { // negative: the bit that must be 0
      throw violation("the length is not written in as few bytes as it takes");
    }
    return length;
  }

  private static WebSocketException violation(String what) {
    return new WebSocketException(CloseCode.PROTOCOL_ERROR, what);
  }

  /** Writes it whole, unmasked, as servers do. */
  void write(int opcode, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) (LAST | opcode));
    if (payload.length < TWO_BYTES) {
      head.put((byte) payload.length);
    } else if (payload.length < 65_536) {
      head.put((byte) TWO_BYTES).putShort((short) payload.length);
    } else {
      head.put((byte) EIGHT_BYTES).putLong(payload.length);
    }
    out.write(head.array(), 0, head.position());
    out.write(payload);
    out.flush();
  }
}
