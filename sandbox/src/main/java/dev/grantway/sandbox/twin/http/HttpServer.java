package dev.grantway.sandbox.twin.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A small HTTP/1.1 server on 127.0.0.1, one virtual thread a connection. */
public final class HttpServer implements AutoCloseable {
  private static final long PAUSE_NANOS = 10_000_000;

  private final ServerSocket listener;
  private final Handler handler;
  private final int maxBody;
  private final Clock clock;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private HttpServer(ServerSocket listener, Handler handler, int maxBody, Clock clock) {
    this.listener = listener;
    this.handler = handler;
    this.maxBody = maxBody;
    this.clock = clock;
  }

  /**
   * Starts listening.
   *
   * @param port 0 takes a free one
   * @param maxBody bytes; a larger body is not read, the handler is told
   * @throws BindException if the port is taken
   */
  public static HttpServer start(int port, int maxBody, Clock clock, Handler handler)
      throws IOException {
    var listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 512);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    var server = new HttpServer(listener, handler, maxBody, clock);
    Thread.ofPlatform().daemon().name("http-" + server.port()).start(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        if (listener.isClosed()) {
          socket.close(); // close() may have gone through the sockets before this one was there
        }
        Thread thread = Thread.ofVirtual().unstarted(() -> serve(socket));
        threads.add(thread);
        thread.start();
      } catch (IOException e) {
        // the listener was closed, or sockets have run out: the pause keeps that from spinning
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Connection(socket, handler, maxBody, clock).serve();
    } catch (IOException clientWentAway) {
      return; // or fell silent: nobody is left to be told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
      threads.remove(Thread.currentThread());
    }
  }

  /** Closes the port and every connection; requests under way are interrupted. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.forEach(Thread::interrupt);
  }
}
