package dev.grantway.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The membership lists beside the policy: no part of any revision, and no decision asks them. Each
 * that was imported is kept as it was, and is in force until the next one.
 */
public interface Memberships {

  /**
   * The list that was imported last.
   *
   * @throws StoreException.Damaged where it is there and cannot be read
   */
  Optional<MembershipList> list();

  /** When the last list was imported, by the clock of who did; also where it cannot be read. */
  Optional<Instant> newest();

  /**
   * The list that was in force at that instant: the last one imported by then.
   *
   * @throws StoreException.Damaged where it is there and cannot be read
   */
  Optional<MembershipList> asOf(Instant instant);

  /**
   * Adds a list, which is in force from then on.
   *
   * @return the list as it is kept: with its instant in whole milliseconds, and later than that of
   *     every list before, whatever clock it was imported by
   */
  default MembershipList add(MembershipList list) {
    Optional<MembershipList> kept = Optional.empty();
    while (kept.isEmpty()) {
      kept = addAfter(newest().orElse(null), list);
    }
    return kept.get();
  }

  /**
   * Adds a list as {@link #add} does, if the last one is still that. Of two that are added at once
   * after the same list, one is.
   *
   * @param lastOrNull as {@link #newest} told; null for none
   * @return none where another list is the last by now: nothing was added
   */
  Optional<MembershipList> addAfter(@Nullable Instant lastOrNull, MembershipList list);
}
