package dev.grantway.sandbox.twin.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one request after another from a connection (RFC 9112 sections 2 to 7). */
final class RequestReader {
  private static final int MAX_HEAD = 65_536;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final WireInput in;
  private final OutputStream out;
  private final InetAddress peer;
  private final int maxBody;

  RequestReader(WireInput in, OutputStream out, InetAddress peer, int maxBody) {
    this.in = in;
    this.out = out;
    this.peer = peer;
    this.maxBody = maxBody;
  }

  /** The next request, or empty when the client has closed. */
  Optional<Request> next() throws IOException {
    Optional<String> line = in.line(MAX_HEAD);
    if (line.isPresent() && line.get().isEmpty()) {
      line = in.line(MAX_HEAD); // RFC 9112 section 2.2: one empty line before a request is ignored
    }
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.get().split(" ", -1);
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new BadRequestException(400, "malformed request line");
    }
    if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
      throw new BadRequestException(505, "HTTP version not supported");
    }
    if (!Tokens.isToken(parts[0]) || parts[1].chars().anyMatch(Character::isISOControl)) {
      throw new BadRequestException(400, "malformed request line");
    }
    List<Header> headers = headers(MAX_HEAD - line.get().length());
    String target = originForm(parts[1]);
    Body body = body(headers);
    return Optional.of(
        new Request(parts[0], target, parts[2], headers, body.bytes(), body.tooLarge(), peer));
  }

  private static String originForm(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private List<Header> headers(int budget) throws IOException {
    var headers = new ArrayList<Header>();
    int left = Math.max(0, budget);
    while (true) {
      String line = in.line(left).orElseThrow(() -> new EOFException("connection closed"));
      if (line.isEmpty()) {
        return headers;
      }
      left = Math.max(0, left - line.length() - 2);
      int colon = line.indexOf(':');
      if (colon < 1 || !Tokens.isToken(line.substring(0, colon))) {
        throw new BadRequestException(400, "malformed header field");
      }
      String value = Tokens.trim(line.substring(colon + 1));
      if (value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
        throw new BadRequestException(400, "control character in a header value");
      }
      headers.add(new Header(line.substring(0, colon), value));
    }
  }

  private record Body(byte[] bytes, boolean tooLarge) {
    static final Body NONE = new Body(new byte[0], false);
    static final Body TOO_LARGE = new Body(new byte[0], true);
  }

  private Body body(List<Header> headers) throws IOException {
    List<String> lengths = values(headers, "Content-Length").stream().distinct().toList();
    List<String> codings = values(headers, "Transfer-Encoding");
    if (!codings.isEmpty()) {
      // RFC 9112 section 6.3: both together is how requests are smuggled
      if (!lengths.isEmpty()
          || codings.size() > 1
          || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new BadRequestException(400, "ambiguous body length");
      }
      sayContinue(headers);
      return chunked();
    }
    if (lengths.isEmpty()) {
      return Body.NONE;
    }
    if (lengths.size() > 1 || !Tokens.isNumber(lengths.getFirst())) {
      throw new BadRequestException(400, "ambiguous body length");
    }
    long length = Long.parseLong(lengths.getFirst());
    if (length > maxBody) {
      return Body.TOO_LARGE;
    }
    if (length > 0) {
      sayContinue(headers);
    }
    return new Body(in.exactly((int) length), false);
  }

  private Body chunked() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      String line = in.line(1024).orElseThrow(() -> new EOFException("connection closed"));
      String size = Tokens.trim(line.split(";", 2)[0]);
      if (size.isEmpty()
          || size.length() > 15
          || !size.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new BadRequestException(400, "malformed chunk");
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        headers(MAX_HEAD);
        return new Body(bytes.toByteArray(), false);
      }
      if (bytes.size() + length > maxBody) {
        return Body.TOO_LARGE;
      }
      bytes.write(in.exactly((int) length));
      if (!in.line(1024).orElse("-").isEmpty()) {
        throw new BadRequestException(400, "malformed chunk");
      }
    }
  }

  private void sayContinue(List<Header> headers) throws IOException {
    if (values(headers, "Expect").stream().anyMatch("100-continue"::equalsIgnoreCase)) {
      out.write(CONTINUE);
      out.flush();
    }
  }

  private static List<String> values(List<Header> headers, String name) {
    return headers.stream().filter(header -> header.is(name)).map(Header::value).toList();
  }
}
