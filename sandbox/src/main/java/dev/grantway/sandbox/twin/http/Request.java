package dev.grantway.sandbox.twin.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP request as it came.
 *
 * @param target the request target byte for byte, in origin form
 * @param headers in the order and with the spelling of the sender
 * @param body all of it, or nothing if it was larger than the server takes
 */
public record Request(
    String method,
    String target,
    String version,
    List<Header> headers,
    byte[] body,
    boolean bodyTooLarge,
    InetAddress peer) {

  public Request {
    headers = List.copyOf(headers);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  public int bodyBytes() {
    return body.length;
  }

  /** The values of all fields of that name, compared without case. */
  public List<String> headerValues(String name) {
    return headers.stream().filter(header -> header.is(name)).map(Header::value).toList();
  }

  /** The last value of that header. */
  public Optional<String> header(String name) {
    List<String> values = headerValues(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }
}
