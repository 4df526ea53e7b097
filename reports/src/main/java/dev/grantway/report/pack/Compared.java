package dev.grantway.report.pack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes what should be, and compares it with what is there, without holding either. */
final class Compared extends OutputStream {
  private final BufferedInputStream there;
  private boolean differs;

  Compared(InputStream there) {
    this.there = new BufferedInputStream(there);
  }

  @Override
  public void write(int b) throws IOException {
    differs = differs || there.read() != (b & 0xFF);
  }

  @Override
  public void write(byte[] some, int from, int length) throws IOException {
    for (int i = from; i < from + length && !differs; i++) {
      write(some[i]);
    }
  }

  /** Whether it differs by now. */
  boolean differs() {
    return differs;
  }

  /** Whether there is more than there should be. */
  boolean goesOn() throws IOException {
    return !differs && there.read() >= 0;
  }
}
