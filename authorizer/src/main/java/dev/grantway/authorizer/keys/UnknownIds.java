package dev.grantway.authorizer.keys;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The last 1,000 key ids that a fresh key set did not hold; forgotten when the set changes. */
final class UnknownIds {
  private static final int MOST = 1_000;

  private final Set<Optional<String>> ids = new LinkedHashSet<>();

  synchronized boolean contains(Optional<String> id) {
    return ids.contains(id);
  }

  synchronized void add(Optional<String> id) {
    if (ids.add(id) && ids.size() > MOST) {
      ids.remove(ids.iterator().next());
    }
  }

  synchronized void clear() {
    ids.clear();
  }
}
