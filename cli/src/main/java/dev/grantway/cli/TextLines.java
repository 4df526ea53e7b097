package dev.grantway.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, cut at LF, one after another; what follows the last LF is a line, too. */
final class TextLines implements AutoCloseable {
  /** Bytes; more than Lambda takes as one event. */
  static final int LONGEST = 8 * 1024 * 1024;

  private final InputStream in;

  TextLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * The next line, or empty at the end. A line that is too long or not UTF-8 is refused with an
   * {@link InputException}, and the next call goes on with the line after it.
   */
  Optional<String> next() throws IOException {
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    var bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (; next >= 0 && next != '\n'; next = in.read()) {
      tooLong |= bytes.size() == LONGEST;
      if (!tooLong) {
        bytes.write(next);
      }
    }
    if (tooLong) {
      throw new InputException("the line is longer than " + LONGEST + " bytes: split it");
    }
    return Optional.of(text(bytes.toByteArray()));
  }

  private static String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new InputException("the line is not UTF-8: write it as UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
