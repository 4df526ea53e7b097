package dev.grantway.sandbox.twin.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines and counted bytes from a connection. */
final class WireInput {
  private final InputStream in;

  WireInput(InputStream in) {
    this.in = new BufferedInputStream(in, 16_384);
  }

  /** The next line without its end, or empty when the client has closed before its first byte. */
  Optional<String> line(int limit) throws IOException {
    var bytes = new ByteArrayOutputStream(128);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("connection closed inside a line");
      }
      if (bytes.size() == limit) {
        throw new BadRequestException(431, "request line or header fields too large");
      }
      bytes.write(next);
    }
    byte[] line = bytes.toByteArray();
    int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    return Optional.of(text(line, length));
  }

  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("connection closed inside a body");
    }
    return bytes;
  }

  /** Reads and forgets, so that a response to a client that still sends is not lost to a reset. */
  void drain(long atMost) throws IOException {
    byte[] buffer = new byte[16_384];
    long left = atMost;
    while (left > 0) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  /** UTF-8 where it is, else byte by byte: nothing is lost, nothing is replaced. */
  private static String text(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
  }
}
