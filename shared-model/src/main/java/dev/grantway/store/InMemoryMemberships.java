package dev.grantway.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Membership lists that nothing outlives. */
final class InMemoryMemberships implements Memberships {
  private final TreeMap<Instant, MembershipList> lists = new TreeMap<>();

  @Override
  public synchronized Optional<MembershipList> list() {
    return Optional.ofNullable(lists.lastEntry()).map(Map.Entry::getValue);
  }

  @Override
  public synchronized Optional<Instant> newest() {
    return Optional.ofNullable(lists.lastEntry()).map(Map.Entry::getKey);
  }

  @Override
  public synchronized Optional<MembershipList> asOf(Instant instant) {
    return Optional.ofNullable(lists.floorEntry(instant)).map(Map.Entry::getValue);
  }

  @Override
  public synchronized Optional<MembershipList> addAfter(
      @Nullable Instant lastOrNull, MembershipList list) {
    if (!newest().equals(Optional.ofNullable(lastOrNull))) {
      return Optional.empty();
    }
    MembershipList kept = list.after(newest());
    lists.put(kept.at(), kept);
    return Optional.of(kept);
  }
}
