package dev.grantway.sandbox.table;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands between one publisher and the table on 127.0.0.1, counts write requests and holds one of
 * them: before the table has it, or when the table has answered and the publisher has not heard.
 */
final class WritesProxy implements AutoCloseable {
  private static final long LONGEST_SECONDS = 120;
  private final Upstream upstream;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int holdAt;
  private final boolean reachesTable;
  private final CompletableFuture<Boolean> held = new CompletableFuture<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private int writes;

  /**
   * @param holdAt which write request is held, counted from 0; -1 for none
   * @param reachesTable whether the table has it by then
   */
  WritesProxy(int port, int holdAt, boolean reachesTable) throws IOException {
    this.upstream = new Upstream(port);
    this.holdAt = holdAt;
    this.reachesTable = reachesTable;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until that write request is held; false if the publisher ended before. */
  boolean awaitHeld(PublisherProcess publisher) {
    return CompletableFuture.anyOf(held, publisher.ended().thenApply(it -> false))
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .join()
        .equals(true);
  }

  /** Lets it go on. */
  void release() {
    released.countDown();
  }

  synchronized int writes() {
    return writes;
  }

  private synchronized int count(String target) {
    boolean reads = target.endsWith(".GetItem") || target.endsWith(".Query");
    return reads ? -1 : writes++;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean hold = count(exchange.getRequestHeaders().getFirst("X-Amz-Target")) == holdAt;
      if (hold && holdAt >= 0 && !reachesTable) {
        hold();
      }
      HttpResponse<byte[]> answer = upstream.send(exchange, body);
      if (hold && holdAt >= 0 && reachesTable) {
        hold();
      }
      Upstream.answer(exchange, answer.statusCode(), answer.body());
    } catch (IOException gone) {
      // The publisher was killed, which is what this is about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold() throws InterruptedException {
    held.complete(true);
    released.await();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdown();
    upstream.close();
  }
}
