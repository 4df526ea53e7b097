package dev.grantway.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/** The four ports of the sandbox, counted from one base; all on 127.0.0.1. */
record Ports(int base) {
  static final int DEFAULT_BASE = 8080;
  private static final int LAST_BASE = 65_532;

  Ports {
    if (base < 1024 || base > LAST_BASE) {
      throw new SandboxException(
          2, "port base `" + base + "` must be 1024 to 65532, since four ports are taken from it");
    }
  }

  /** Four that were free a moment ago. */
  static Ports free() {
    var random = RandomGenerator.getDefault();
    for (int attempt = 0; attempt < 200; attempt++) {
      var candidate = new Ports(random.nextInt(12_000, 30_000));
      if (candidate.taken().isEmpty()) {
        return candidate;
      }
    }
    throw new SandboxException(3, "found no four free ports in a row after 200 attempts");
  }

  int admin() {
    return base;
  }

  int gateway() {
    return base + 1;
  }

  int issuer() {
    return base + 2;
  }

  int table() {
    return base + 3;
  }

  /** The refusal of the first port that something else listens on, naming it. */
  Optional<SandboxException> taken() {
    SequencedMap<String, Integer> parts = new LinkedHashMap<>();
    parts.put("the admin app", admin());
    parts.put("the gateway twin", gateway());
    parts.put("the issuer", issuer());
    parts.put("the table", table());
    return parts.entrySet().stream()
        .flatMap(part -> taken(part.getKey(), part.getValue()).stream())
        .findFirst();
  }

  /** The refusal of one part's port, if something listens on it. */
  Optional<SandboxException> taken(String part, int port) {
    return isFree(port) ? Optional.empty() : Optional.of(refusal(part, port));
  }

  SandboxException refusal(String part, int port) {
    return new SandboxException(
        3,
        "port "
            + port
            + ", which "
            + part
            + " needs, is taken: stop what uses it, or start with `--port-base "
            + another()
            + "`");
  }

  private int another() {
    return base + 10 <= LAST_BASE ? base + 10 : DEFAULT_BASE;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
    } catch (IOException taken) {
      return false;
    }
    // Some systems let us bind 127.0.0.1 next to a listener on every interface.
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), 1000);
      return false;
    } catch (IOException nobody) {
      return true;
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
