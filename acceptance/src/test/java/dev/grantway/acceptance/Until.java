package dev.grantway.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a fact, at most so long. */
final class Until {
  private Until() {}

  static boolean holds(Duration limit, BooleanSupplier fact) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      if (fact.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return fact.getAsBoolean();
  }
}
