package dev.grantway.authorizer.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer on loopback that answers bytes exactly as told, or drips them. */
public final class KeyServer implements AutoCloseable {
  /** What it does with a connection after the request's head was read. */
  public interface Behaviour {
    void answer(String path, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final CountDownLatch closed = new CountDownLatch(1);
  public final AtomicInteger requests = new AtomicInteger();

  public KeyServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public String base() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create(base() + path);
  }

  public static void send(OutputStream out, int status, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 " + status + " x\r\nContent-Length: " + bytes.length + "\r\n" + headers + "\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  /** Sends a head that promises much and then one byte now and again, until closed. */
  public void drip(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 x\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    try {
      while (!closed.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> talk(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket connection) {
    try (connection) {
      var in = connection.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return;
        }
        head.append((char) c);
      }
      requests.incrementAndGet();
      behaviour.answer(head.toString().split(" ")[1], connection.getOutputStream());
    } catch (IOException e) {
      // The client went away, which is what some tests are about.
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
