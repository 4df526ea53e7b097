package dev.grantway.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The membership lists beside the policy: no part of any revision, and no decision asks them. Each
 * that was imported is kept as it was, and is in force until the next one.
 */
public interface Memberships {

  /** The list that was imported last. */
  Optional<MembershipList> list();

  /** When the last list was imported, by the clock of who did; also where it cannot be read. */
  Optional<Instant> newest();

  /** The list that was in force at that instant: the last one imported by then. */
  Optional<MembershipList> asOf(Instant instant);

  /**
   * Adds a list, which is in force from then on.
   *
   * @return the list as it is kept: with its instant in whole milliseconds, and later than that of
   *     every list before, whatever clock it was imported by
   */
  MembershipList add(MembershipList list);
}
