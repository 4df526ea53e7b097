package dev.grantway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines as bytes, since what is not UTF-8 is for the authorizer to refuse. */
final class EventLines {
  private EventLines() {}

  /** Cut at LF; what follows the last one is a line if it is not empty. */
  static List<byte[]> split(byte[] bytes) {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
    }
    return lines;
  }
}
