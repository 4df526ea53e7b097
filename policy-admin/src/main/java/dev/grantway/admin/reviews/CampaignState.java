package dev.grantway.admin.reviews;

import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and where it stands.
 *
 * @param closingOrNull null: it can be answered
 * @param closedOrNull null: its report is not whole yet
 * @param mine whoever asks is one of its reviewers
 * @param mayClose whoever asks may close it, once it can be closed
 */
public record CampaignState(
    Campaign campaign,
    @Nullable Closing closingOrNull,
    @Nullable Closed closedOrNull,
    boolean mine,
    boolean mayClose) {

  /** Where it stands. */
  public enum Stage {
    OPEN,
    /** It is open though it should be closed by now. */
    OVERDUE,
    /** Closing began and has not ended. */
    CLOSING,
    CLOSED
  }

  public Stage stage(Instant now) {
    if (closedOrNull != null) {
      return Stage.CLOSED;
    }
    if (closingOrNull != null) {
      return Stage.CLOSING;
    }
    return now.isBefore(campaign.due()) ? Stage.OPEN : Stage.OVERDUE;
  }

  public boolean isOpen() {
    return closingOrNull == null;
  }

  public Optional<Closed> closed() {
    return Optional.ofNullable(closedOrNull);
  }
}
