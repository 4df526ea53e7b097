package dev.grantway.store;

import java.util.Optional;

/** The membership list beside the policy: no part of any revision, and no decision asks it. */
public interface Memberships {

  /** The list that was imported last. */
  Optional<MembershipList> list();

  /** Puts a list in the place of the one before, whole. */
  void replace(MembershipList list);
}
