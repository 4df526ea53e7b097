package dev.grantway.authorizer.freshness;

import dev.grantway.authorizer.freshness.HeldHeads.Known;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads of the table, each on its own thread, so that those of one round run side by side. */
final class Reads {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final PolicyReader reader;
  private final Clock clock;
  private final SingleFlight<String, Known> heads = new SingleFlight<>();
  private final SingleFlight<BundleRead, Bundle<?>> bundles = new SingleFlight<>();
  private final SingleFlight<Long, List<Revocation>> revocations = new SingleFlight<>();

  private record BundleRead(Slot slot, String hash) {}

  Reads(PolicyReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** Head, known to be live when the read began. */
  CompletableFuture<Known> head() {
    return heads.start(
        "head",
        () -> {
          var began = clock.instant();
          return new Known(reader.head(), began);
        });
  }

  CompletableFuture<Bundle<?>> bundle(Slot slot, Head at) {
    return bundles.start(new BundleRead(slot, at.hash()), () -> slot.read(reader, at));
  }

  CompletableFuture<List<Revocation>> revocations(long since) {
    return revocations.start(since, () -> reader.revocations(since));
  }

  /**
   * Waits for a read.
   *
   * @throws StoreException as the reader threw it, or Unavailable where it broke or does not end
   */
  static <T> T await(CompletableFuture<T> read) {
    try {
      return read.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreException known
          ? known
          : new StoreException.Unavailable("a read of the table broke", e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException.Unavailable("the table did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("a read of the table was interrupted", e);
    }
  }
}
