package dev.grantway.sandbox.twin.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/** One client's connection: requests are answered in order until either side closes. */
final class Connection {
  private static final int IDLE_MILLIS = 60_000;
  private static final int LINGER_MILLIS = 1_000;
  private static final long LINGER_BYTES = 64L * 1024 * 1024;

  private final Socket socket;
  private final Handler handler;
  private final int maxBody;
  private final Clock clock;

  Connection(Socket socket, Handler handler, int maxBody, Clock clock) {
    this.socket = socket;
    this.handler = handler;
    this.maxBody = maxBody;
    this.clock = clock;
  }

  void serve() throws IOException, InterruptedException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(IDLE_MILLIS);
    var in = new WireInput(socket.getInputStream());
    var out = new BufferedOutputStream(socket.getOutputStream(), 16_384);
    var requests = new RequestReader(in, out, socket.getInetAddress(), maxBody);
    boolean open = true;
    while (open) {
      try {
        Optional<Request> request = requests.next();
        open = request.isPresent() && answer(request.get(), in, out);
        if (request.isPresent() && request.get().bodyTooLarge()) {
          linger(in);
        }
      } catch (BadRequestException e) {
        write(
            Response.json(e.status(), "{\"message\":\"" + e.getMessage() + "\"}"),
            true,
            false,
            out);
        linger(in);
        open = false;
      }
    }
  }

  private boolean answer(Request request, WireInput in, OutputStream out)
      throws IOException, InterruptedException {
    Response response = handler.handle(request);
    if (response.upgrade().isPresent()) {
      become(response.upgrade().get(), response, in, out);
      return false;
    }
    boolean keep =
        request.version().equals("HTTP/1.1")
            && !request.bodyTooLarge()
            && request.headerValues("Connection").stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .noneMatch(option -> option.strip().equalsIgnoreCase("close"));
    write(response, !request.method().equals("HEAD"), keep, out);
    return keep;
  }

  private void become(Response.Upgrade upgrade, Response response, WireInput in, OutputStream out)
      throws IOException, InterruptedException {
    StringBuilder head = head(response).append("Connection: Upgrade\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
    var frames = new Frames(in, out, upgrade.limits().frameBytes());
    new WebSocketConnection(socket, frames, upgrade, clock).serve();
    linger(in);
  }

  private StringBuilder head(Response response) {
    var head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(response.status()).append(' ');
    head.append(Reasons.of(response.status())).append("\r\n");
    head.append("Date: ").append(now()).append("\r\n");
    for (Header header : response.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    return head;
  }

  private void write(Response response, boolean withBody, boolean keep, OutputStream out)
      throws IOException {
    StringBuilder head = head(response);
    byte[] body = response.body();
    if (response.status() != 204 && response.status() != 304) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: ").append(keep ? "keep-alive" : "close").append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    if (withBody) {
      out.write(body);
    }
    out.flush();
  }

  private String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private void linger(WireInput in) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    in.drain(LINGER_BYTES);
  }
}
