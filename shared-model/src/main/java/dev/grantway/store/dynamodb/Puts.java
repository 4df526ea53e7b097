package dev.grantway.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts items in batches, some at the same time and in no order; nothing may be built on them before
 * {@link #end} has returned. A table with a hook gets one item after the other, by the thread that
 * puts.
 */
final class Puts implements AutoCloseable {
  /** So many that a table is kept busy while others of them wait for it, and no more. */
  private static final int LANES = 4;

  /** A batch with less is sent well within the time that one attempt has. */
  private static final int BATCH_BYTES = 1_000_000;

  private final Table table;
  private final LongConsumer stored;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore lanes = new Semaphore(LANES);
  private final AtomicLong done = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private List<Item> held = new ArrayList<>();
  private long heldBytes;
  private long heldPieces;

  /**
   * @param stored hears, in the thread that puts, how many pieces are stored so far
   */
  Puts(Table table, LongConsumer stored) {
    this.table = table;
    this.stored = stored;
  }

  /**
   * Takes one item, to be sent with others.
   *
   * @param pieces how many of what is counted are stored with it
   */
  void put(Item item, long pieces) {
    long bytes = item.size();
    if (held.size() == Table.BATCH || heldBytes + bytes > BATCH_BYTES) {
      send();
    }
    held.add(item);
    heldBytes += bytes;
    heldPieces += pieces;
  }

  /** Returns once everything is stored, or throws what kept the first batch from it. */
  void end() {
    send();
    lanes.acquireUninterruptibly(LANES);
    lanes.release(LANES);
    rethrow();
    stored.accept(done.get());
  }

  private void send() {
    if (held.isEmpty()) {
      return;
    }
    List<Item> batch = held;
    long pieces = heldPieces;
    held = new ArrayList<>();
    heldBytes = 0;
    heldPieces = 0;
    if (table.isWatched()) {
      table.putAll(batch);
      done.addAndGet(pieces);
    } else {
      lanes.acquireUninterruptibly();
      threads.execute(() -> store(batch, pieces));
      rethrow();
    }
    stored.accept(done.get());
  }

  private void store(List<Item> batch, long pieces) {
    try {
      if (failure.get() == null) {
        table.putAll(batch);
        done.addAndGet(pieces);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      lanes.release();
    }
  }

  private void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits for what is under way: afterwards nothing more is sent. */
  @Override
  public void close() {
    threads.close();
  }
}
