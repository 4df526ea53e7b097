package dev.grantway.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The four ports of the sandbox, counted from one base; all on 127.0.0.1. */
record Ports(int base) {
  static final int DEFAULT_BASE = 8080;

  Ports {
    if (base < 1024 || base > 65_532) {
      throw new SandboxException(
          2, "port base `" + base + "` must be 1024 to 65532, since four ports are taken from it");
    }
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

  /** Refuses a port that something else listens on, naming it. */
  void requireFree() {
    SequencedMap<String, Integer> parts = new LinkedHashMap<>();
    parts.put("the admin app", admin());
    parts.put("the gateway twin", gateway());
    parts.put("the issuer", issuer());
    parts.put("the table", table());
    for (Map.Entry<String, Integer> part : parts.entrySet()) {
      if (!isFree(part.getValue())) {
        throw new SandboxException(
            3,
            "port "
                + part.getValue()
                + ", which "
                + part.getKey()
                + " needs, is taken: stop what uses it, or start with `--port-base "
                + (base + 10)
                + "`");
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
