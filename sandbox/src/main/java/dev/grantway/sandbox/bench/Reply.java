package dev.grantway.sandbox.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A response of the gateway twin.
 *
 * @param cache what {@code x-twin-cache} says, or nothing
 */
record Reply(int status, String cache, String body) {
  private static final int LONGEST_LINE = 65_536;

  /** Reads one response that says its {@code Content-Length}, as the twin's do. */
  static Reply read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    if (first.length < 2 || !first[0].equals("HTTP/1.1")) {
      throw new IOException("the answer does not begin as HTTP/1.1");
    }
    int length = -1;
    String cache = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-length")) {
        length = Integer.parseInt(value);
      } else if (name.equals("x-twin-cache")) {
        cache = value;
      }
    }
    if (length < 0) {
      throw new IOException("the answer does not say how long it is");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer ends early");
    }
    return new Reply(Integer.parseInt(first[1]), cache, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("the connection was closed in the middle of an answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** What is wrong with it as the answer to that call, or nothing. */
  String wrongFor(Call call) {
    if (status != call.status()) {
      return call + " was answered " + status + " and not " + call.status();
    }
    return body.contains(call.says()) ? "" : call + " was answered for another request";
  }
}
