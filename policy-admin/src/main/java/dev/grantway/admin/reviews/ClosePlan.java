package dev.grantway.admin.reviews;

import dev.grantway.admin.changes.Objection;
import dev.grantway.store.AccessReviews;
import java.util.List;

/**
 * What closing a campaign would do now.
 *
 * @param why not, if anything is in its way
 * @param kept lines that stay
 * @param revoked lines that a draft would take away, as far as they are as they were reviewed
 * @param defaulted of both, those that nobody answered
 * @param tally how far the campaign was answered when it was worked out
 */
public record ClosePlan(
    List<Objection> why, int kept, int revoked, int defaulted, AccessReviews.Tally tally) {
  public ClosePlan {
    why = List.copyOf(why);
  }

  /** Another one as soon as anything is answered or taken back. */
  public String state() {
    return Long.toString(tally.said());
  }
}
