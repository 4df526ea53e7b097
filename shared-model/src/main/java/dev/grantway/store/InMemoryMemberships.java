package dev.grantway.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A membership list that nothing outlives. */
final class InMemoryMemberships implements Memberships {
  private final AtomicReference<Optional<MembershipList>> last =
      new AtomicReference<>(Optional.empty());

  @Override
  public Optional<MembershipList> list() {
    return last.get();
  }

  @Override
  public void replace(MembershipList list) {
    last.set(Optional.of(list));
  }
}
