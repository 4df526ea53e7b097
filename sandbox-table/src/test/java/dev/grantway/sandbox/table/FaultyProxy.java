package dev.grantway.sandbox.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands between a client and the table on 127.0.0.1 and lets requests go wrong. */
final class FaultyProxy implements AutoCloseable {
  /** What becomes of requests. */
  enum Fault {
    NONE,
    REFUSE,
    HANG,
    ERROR,
    THROTTLE,
    SLOW,
    HALF
  }

  private static final String THROTTLED =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
          + "\"message\":\"slow down\"}";
  private static final String BROKEN =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\",\"message\":\"oops\"}";

  private final int table;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile ServerSocket listener;
  private volatile Fault fault = Fault.NONE;

  FaultyProxy(int table) throws IOException {
    this.table = table;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = listener.getLocalPort();
    Thread.ofVirtual().start(() -> serve(listener));
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** From now on; what is under way breaks. */
  void set(Fault next) throws IOException {
    fault = next;
    if (next == Fault.REFUSE) {
      listener.close();
    }
    for (Socket socket : open) {
      socket.close();
    }
    if (next != Fault.REFUSE && listener.isClosed()) {
      listener = again();
      Thread.ofVirtual().start(() -> serve(listener));
    }
  }

  /** The system frees the port a moment after the last listener has ended. */
  private ServerSocket again() throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
      } catch (BindException e) {
        socket.close();
        if (System.nanoTime() > giveUp) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private void serve(ServerSocket on) {
    while (!on.isClosed()) {
      try {
        var client = on.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      byte[] request = request(client.getInputStream());
      var out = client.getOutputStream();
      switch (fault) {
        case NONE -> out.write(answer(request));
        case REFUSE -> {}
        case HANG -> closed.await();
        case ERROR -> out.write(error(500, BROKEN));
        case THROTTLE -> out.write(error(400, THROTTLED));
        case SLOW -> drip(answer(request), out);
        case HALF -> {
          byte[] whole = answer(request);
          out.write(whole, 0, whole.length / 2);
        }
      }
      out.flush();
    } catch (IOException e) {
      // The client gave up, which is what this is about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void drip(byte[] answer, OutputStream out) throws IOException, InterruptedException {
    for (byte each : answer) {
      out.write(each);
      out.flush();
      if (closed.await(20, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private static byte[] error(int status, String body) {
    return ("HTTP/1.1 %d x\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\n"
            + "Content-Length: %d\r\n\r\n%s")
        .formatted(status, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Head and body of one request, which asks for the connection to be closed after it. */
  private static byte[] request(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the request ended in its head");
      }
      head.write(next);
    }
    var text = head.toString(StandardCharsets.ISO_8859_1);
    var length =
        text.lines()
            .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    var closing =
        text.replaceAll("(?im)^Connection:.*\r\n", "")
            .replaceFirst("\r\n", "\r\nConnection: close\r\n");
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(closing.getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(in.readNBytes(length));
    return whole.toByteArray();
  }

  private byte[] answer(byte[] request) throws IOException {
    try (var upstream = new Socket(InetAddress.getLoopbackAddress(), table)) {
      upstream.getOutputStream().write(request);
      upstream.getOutputStream().flush();
      return upstream.getInputStream().readAllBytes();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      set(Fault.REFUSE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
