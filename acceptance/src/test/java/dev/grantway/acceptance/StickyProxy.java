package dev.grantway.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a load balancer with sticky sessions does: a connection goes to the instance that gave its
 * browser the session, others take turns, and none goes to an instance that is gone.
 */
final class StickyProxy implements AutoCloseable {
  private static final Pattern SESSION = Pattern.compile("grantway-admin=([^;\\s]+)");
  private static final int PIECE = 16_384;

  private final List<Integer> instances;
  private final ServerSocket door;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<String, Integer> sessions = new ConcurrentHashMap<>();

  private StickyProxy(List<Integer> instances, ServerSocket door) {
    this.instances = List.copyOf(instances);
    this.door = door;
  }

  /** Listens there for the instances on these ports. */
  static StickyProxy start(int port, List<Integer> instances) throws IOException {
    var door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    var proxy = new StickyProxy(instances, door);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /** How many sessions each instance gave. */
  long sessionsOf(int instance) {
    return sessions.values().stream().filter(it -> it == instance).count();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket browser = door.accept();
        Thread.ofVirtual().start(() -> carry(browser));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void carry(Socket browser) {
    try (browser) {
      byte[] head = head(browser.getInputStream());
      try (Socket instance = choose(new String(head, StandardCharsets.ISO_8859_1))) {
        instance.getOutputStream().write(head);
        Thread.ofVirtual().start(() -> back(instance, browser));
        copy(browser.getInputStream(), instance.getOutputStream(), text -> {});
      }
    } catch (IOException gone) {
      // As when a load balancer's target dies: the browser asks again.
    }
  }

  private void back(Socket instance, Socket browser) {
    try (browser) {
      copy(
          instance.getInputStream(),
          browser.getOutputStream(),
          text ->
              SESSION
                  .matcher(text)
                  .results()
                  .forEach(found -> sessions.put(found.group(1), instance.getPort())));
    } catch (IOException gone) {
      // The other direction ends by it, too.
    }
  }

  private Socket choose(String head) throws IOException {
    int first = turn.getAndIncrement();
    var session = SESSION.matcher(head);
    Integer known = session.find() ? sessions.get(session.group(1)) : null;
    if (known != null) {
      first = instances.indexOf(known);
    }
    int start = Math.floorMod(first, instances.size());
    return IntStream.range(0, instances.size())
        .map(i -> instances.get((start + i) % instances.size()))
        .mapToObj(StickyProxy::connected)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new IOException("no instance is left"));
  }

  private static Optional<Socket> connected(int instance) {
    try {
      return Optional.of(new Socket(InetAddress.getLoopbackAddress(), instance));
    } catch (IOException dead) {
      return Optional.empty();
    }
  }

  private static byte[] head(InputStream from) throws IOException {
    var head = new ByteArrayOutputStream();
    int last = 0;
    for (int next = from.read(); next >= 0; next = from.read()) {
      head.write(next);
      last = last << 8 | next;
      if (last == 0x0d0a0d0a) {
        break;
      }
    }
    return head.toByteArray();
  }

  /** Sees what is copied. */
  @FunctionalInterface
  private interface Watch {
    void see(String text);
  }

  private static void copy(InputStream from, OutputStream to, Watch watch) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
      watch.see(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
      to.write(piece, 0, read);
      to.flush();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
