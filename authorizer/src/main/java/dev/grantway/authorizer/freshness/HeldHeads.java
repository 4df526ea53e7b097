package dev.grantway.authorizer.freshness;

import dev.grantway.store.Head;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The heads seen last, newest first, each with the instant at which it was last known live. */
final class HeldHeads {
  private static final int MOST = 4;

  private final Deque<Known> heads = new ArrayDeque<>();

  /** A head, and when it was last known to be live. */
  record Known(Head head, Instant confirmedAt) {}

  synchronized Optional<Known> latest() {
    return Optional.ofNullable(heads.peekFirst());
  }

  synchronized List<Known> newestFirst() {
    return List.copyOf(heads);
  }

  synchronized void confirm(Head head, Instant at) {
    var latest = heads.peekFirst();
    if (latest != null && latest.head().revision() > head.revision()) {
      return;
    }
    if (latest != null && latest.head().hash().equals(head.hash())) {
      heads.removeFirst();
    }
    heads.addFirst(new Known(head, at));
    if (heads.size() > MOST) {
      heads.removeLast();
    }
  }

  synchronized void clear() {
    heads.clear();
  }
}
