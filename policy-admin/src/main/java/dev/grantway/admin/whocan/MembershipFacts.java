package dev.grantway.admin.whocan;

import dev.grantway.store.MembershipList;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the membership list.
 *
 * @param at when it was imported
 * @param by the operator who did
 * @param stale imported so long ago that members may be others by now
 */
public record MembershipFacts(Instant at, String by, int rows, boolean stale) {
  /** From then on a list is called stale. */
  public static final Duration FRESH = Duration.ofDays(30);

  static MembershipFacts of(MembershipList list, Instant now) {
    boolean stale = now.isAfter(list.at().plus(FRESH));
    return new MembershipFacts(list.at(), list.by(), list.rows().size(), stale);
  }
}
