package dev.grantway.report.pack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, each ended by LF. */
final class Lines {
  /** Bytes; more than a line of an audit bundle has. */
  private static final int LONGEST = 16 << 20;

  private final InputStream in;

  Lines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * The next line, or empty at the end.
   *
   * @throws IllegalArgumentException where it is too long, not UTF-8 or not ended
   */
  Optional<String> next() throws IOException {
    var bytes = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IllegalArgumentException("the last line does not end");
      }
      if (bytes.size() == LONGEST) {
        throw new IllegalArgumentException("a line is longer than " + LONGEST + " bytes");
      }
      bytes.write(next);
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException notUtf8) {
      throw new IllegalArgumentException("a line is not UTF-8", notUtf8);
    }
  }
}
