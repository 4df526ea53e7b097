package dev.grantway.admin.changes;

import java.time.Instant;

/** Does something at an instant, on a thread of its own. */
@FunctionalInterface
interface Later {
  void at(Instant when, Runnable task);
}
