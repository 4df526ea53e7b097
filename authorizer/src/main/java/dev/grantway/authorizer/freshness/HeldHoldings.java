package dev.grantway.authorizer.freshness;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Head;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holdings made before, the latest of each set of roles. Those used longest ago go first; what a
 * revision's hash names never changes, so that only the hash says whether one may serve.
 */
final class HeldHoldings {
  /** Of 100 permissions each, about 2 MB. */
  private static final int MOST = 500;

  private final Map<Key, Holdings> held = new LinkedHashMap<>(64, 0.75f, true);

  private record Key(ApiId api, Set<RoleName> direct) {}

  /** Of exactly that revision. */
  synchronized Optional<Holdings> find(ApiId api, Set<RoleName> direct, Head head) {
    var found = held.get(new Key(api, direct));
    return found != null && found.hash().equals(head.hash())
        ? Optional.of(found)
        : Optional.empty();
  }

  synchronized void keep(ApiId api, Holdings holdings) {
    held.put(new Key(api, holdings.direct()), holdings);
    if (held.size() > MOST) {
      held.remove(held.keySet().iterator().next());
    }
  }

  synchronized void clear() {
    held.clear();
  }
}
