package dev.grantway.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** The four ports of one sandbox, counted from its base (CONTRACT, Sandbox). */
record Ports(int base) {
  static final int COUNT = 4;

  /** A base whose four ports were free a moment ago. */
  static Ports free() {
    var random = RandomGenerator.getDefault();
    for (int attempt = 0; attempt < 200; attempt++) {
      var candidate = new Ports(random.nextInt(12_000, 30_000));
      if (candidate.allFree()) {
        return candidate;
      }
    }
    throw new IllegalStateException("found no four free ports in a row after 200 attempts");
  }

  private boolean allFree() {
    for (int port = base; port < base + COUNT; port++) {
      if (!free(port)) {
        return false;
      }
    }
    return true;
  }

  static boolean free(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  int gateway() {
    return base + 1;
  }

  /** A line of the README with its default ports replaced by these. */
  String in(String line) {
    return line.replace(":8080", ":" + base).replace(":8081", ":" + gateway());
  }

  String admin(String path) {
    return "http://127.0.0.1:" + base + path;
  }
}
