package dev.grantway.report.pack;

import dev.grantway.revision.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One part as it is unpacked: no more of it is read than it should have. */
final class Measured extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest = Sha256.digest();
  private final long most;
  private long bytes;

  Measured(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] some, int from, int length) throws IOException {
    if (bytes == most) {
      return length == 0 ? 0 : -1;
    }
    int read = in.read(some, from, (int) Math.min(length, most - bytes));
    if (read > 0) {
      digest.update(some, from, read);
      bytes += read;
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what is left, and answers whether all of it is what it should be. */
  boolean is(PackManifest.Part part) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Only to measure it.
    }
    boolean ends = in.read() < 0;
    return ends
        && bytes == part.bytes()
        && HexFormat.of().formatHex(digest.digest()).equals(part.sha256());
  }
}
