package dev.grantway.sandbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A request whose answer is known.
 *
 * @param token what goes after {@code Bearer}
 * @param status what must come back
 * @param says what the body must hold; may be empty
 */
public record Call(String method, String path, String token, int status, String says) {
  private static final int PARTS = 5;

  public Call {
    if ((method + path + token + says).chars().anyMatch(each -> each == '\t' || each < ' ')) {
      throw new IllegalArgumentException("a call to `" + path + "` holds control characters");
    }
  }

  /** The bytes on the wire, over a connection that stays open. */
  byte[] bytes() {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n\r\n"
        .formatted(method, path, token)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Writes calls, a line each. */
  public static void write(List<Call> calls, Path file) throws IOException {
    Files.write(file, calls.stream().map(Call::line).toList());
  }

  /** Reads what {@link #write} wrote. */
  public static List<Call> read(Path file) throws IOException {
    List<Call> calls = Files.readAllLines(file).stream().map(Call::parse).toList();
    if (calls.isEmpty()) {
      throw new IOException("`" + file + "` holds no call");
    }
    return calls;
  }

  private String line() {
    return String.join("\t", method, path, token, Integer.toString(status), says);
  }

  private static Call parse(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("a call has " + PARTS + " parts, not " + parts.length);
    }
    return new Call(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]), parts[4]);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
