package dev.grantway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Where a command reads from and writes to, always in UTF-8: the answer and nothing else to {@code
 * out}, everything else to {@code err}.
 */
record Console(InputStream in, PrintStream out, PrintStream err, Clock clock) {

  static Console system() {
    return new Console(
        System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Clock.systemUTC());
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16);
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }

  /** One line of the answer; ends in LF on every system. */
  void answer(String line) {
    out.print(line + "\n");
    out.flush();
  }

  /** The answer exactly as it is. */
  void answerRaw(String text) {
    out.print(text);
    out.flush();
  }

  void say(String line) {
    err.print(line + "\n");
    err.flush();
  }
}
