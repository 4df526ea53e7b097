package dev.grantway.sandbox.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A closed loop: each of some connections sends its next call when its last was answered, so that
 * as many are under way at a time as there are connections, and never more. Calls are taken in
 * turn, every answer is looked at, and the first wrong one ends the run.
 */
public final class LoadGenerator {
  private static final int ANSWER_MILLIS = 30_000;
  private static final int MOST_TOLD = 10;

  private final Clock clock = Clock.systemUTC();
  private final int port;
  private final int connections;
  private final AtomicLong next = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile List<Call> calls;

  /**
   * Calls to a port of 127.0.0.1.
   *
   * @param calls at least one
   */
  public LoadGenerator(int port, int connections, List<Call> calls) {
    if (connections < 1) {
      throw new IllegalArgumentException("there must be a connection, not " + connections);
    }
    this.port = port;
    this.connections = connections;
    this.calls = checked(calls);
  }

  /** From now on other calls are sent; those under way are answered as before. */
  public void instead(List<Call> others) {
    calls = checked(others);
  }

  private static List<Call> checked(List<Call> calls) {
    if (calls.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to call");
    }
    return List.copyOf(calls);
  }

  /** What one connection counted. */
  private static final class Tally {
    private long[] nanos = new long[1024];
    private int measured;
    private long calls;
    private final Map<String, Long> caches = new HashMap<>();

    void add(long took, String cache) {
      if (measured == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * measured);
      }
      nanos[measured++] = took;
      caches.merge(cache, 1L, Long::sum);
    }
  }

  /** Calls for the time of both; only calls that begin after the warm-up are measured. */
  public LoadResult run(Duration warmUp, Duration measured) throws InterruptedException {
    long from = System.nanoTime() + warmUp.toNanos();
    long began = clock.millis() + warmUp.toMillis();
    long to = from + measured.toNanos();
    var tallies = new ArrayList<Tally>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < connections; i++) {
      var tally = new Tally();
      tallies.add(tally);
      threads.add(Thread.ofPlatform().name("load-" + i).start(() -> connect(tally, from, to)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return result(tallies, began, measured);
  }

  private LoadResult result(List<Tally> tallies, long began, Duration measured) {
    var caches = new HashMap<String, Long>();
    tallies.forEach(
        tally -> tally.caches.forEach((cache, count) -> caches.merge(cache, count, Long::sum)));
    return new LoadResult(
        tallies.stream().mapToLong(tally -> tally.calls).sum(),
        wrong.stream().limit(MOST_TOLD).toList(),
        began,
        measured.toNanos() / 1e9,
        tallies.stream()
            .flatMapToLong(tally -> Arrays.stream(tally.nanos, 0, tally.measured))
            .toArray(),
        caches);
  }

  private void connect(Tally tally, long from, long to) {
    try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      OutputStream out = socket.getOutputStream();
      while (wrong.isEmpty()) {
        List<Call> all = calls;
        Call call = all.get((int) (next.getAndIncrement() % all.size()));
        byte[] bytes = call.bytes();
        long began = System.nanoTime();
        if (began - to >= 0) {
          return;
        }
        out.write(bytes);
        Reply reply = Reply.read(in);
        long took = System.nanoTime() - began;
        tally.calls++;
        if (began - from >= 0) {
          tally.add(took, reply.cache());
        }
        String complaint = reply.wrongFor(call);
        if (!complaint.isEmpty()) {
          wrong.add(complaint);
        }
      }
    } catch (IOException | RuntimeException broken) {
      wrong.add("a connection broke: " + broken);
    }
  }
}
