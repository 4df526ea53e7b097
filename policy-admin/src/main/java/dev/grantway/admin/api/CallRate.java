package dev.grantway.admin.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often each caller may call: as many times as a minute allows at once, and then as they come
 * back, evenly. Of more callers than {@value #MOST} those are forgotten who called least lately.
 */
final class CallRate {
  private static final int MOST = 10_000;
  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final int perMinute;
  private final LongSupplier nanos;
  private final Map<String, Left> callers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
          return size() > MOST;
        }
      };

  /** How many calls somebody had left at a moment. */
  private record Left(double calls, long at) {}

  /**
   * Nobody has called yet.
   *
   * @param nanos time that only goes forward, in nanoseconds
   */
  CallRate(int perMinute, LongSupplier nanos) {
    if (perMinute < 1) {
      throw new IllegalArgumentException(
          "GRANTWAY_API_RATE is " + perMinute + ": let it be at least 1 call a minute");
    }
    this.perMinute = perMinute;
    this.nanos = nanos;
  }

  int perMinute() {
    return perMinute;
  }

  /** Counts a call; none if it may be made, and otherwise after how long the next may. */
  synchronized Optional<Duration> take(String caller) {
    long now = nanos.getAsLong();
    Left before = callers.getOrDefault(caller, new Left(perMinute, now));
    double back = (now - before.at()) * perMinute / MINUTE;
    double left = Math.min(perMinute, before.calls() + back);
    if (left >= 1) {
      callers.put(caller, new Left(left - 1, now));
      return Optional.empty();
    }
    callers.put(caller, new Left(left, now));
    return Optional.of(Duration.ofNanos((long) Math.ceil((1 - left) * MINUTE / perMinute)));
  }
}
