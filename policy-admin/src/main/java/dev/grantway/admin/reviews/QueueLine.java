package dev.grantway.admin.reviews;

import dev.grantway.review.Barred;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line as somebody sees it in the queue.
 *
 * @param api the name of the API that a permission is of; of an assignment empty
 * @param saidOrNull what was said of it last, which may be that what was said is taken back
 * @param barredOrNull why whoever asks may not answer it though a reviewer; null: nothing does
 * @param uncovered no reviewer may answer it
 */
public record QueueLine(
    ReviewLine line,
    String api,
    @Nullable LineAnswer saidOrNull,
    @Nullable Barred barredOrNull,
    boolean uncovered) {

  /** How often something was said of it: the next thing said has the number after it. */
  public int said() {
    return saidOrNull == null ? 0 : saidOrNull.seq();
  }

  /** The answer that counts. */
  public Optional<LineAnswer> answer() {
    return Optional.ofNullable(saidOrNull).filter(it -> it.answerOrNull() != null);
  }

  public Optional<Barred> barred() {
    return Optional.ofNullable(barredOrNull);
  }
}
