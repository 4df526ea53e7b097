package dev.grantway.admin.reviews;

/**
 * Which lines are looked for; all that is asked for must hold.
 *
 * @param open those that nobody answered
 * @param flagged those that are kept for a reason only
 * @param mine those that whoever asks may answer
 */
public record QueueFilter(boolean open, boolean flagged, boolean mine) {
  public static final QueueFilter NONE = new QueueFilter(false, false, false);

  boolean takes(QueueLine line, boolean isReviewer) {
    return !(open && line.answer().isPresent())
        && !(flagged && !line.line().isFlagged())
        && !(mine && !(isReviewer && line.barred().isEmpty()));
  }
}
