package dev.grantway.admin.reviews;

import dev.grantway.review.Answer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer says of a line.
 *
 * @param line its number
 * @param said {@link QueueLine#said} of the line as it was looked at
 * @param answerOrNull null: what was said is taken back
 * @param comment why; a line that is flagged is kept for a reason only
 * @param openedOrNull when it was shown to the reviewer; null: that is not known
 */
public record AnswerInput(
    int line,
    int said,
    @Nullable Answer answerOrNull,
    String comment,
    @Nullable Instant openedOrNull) {

  Optional<Answer> answer() {
    return Optional.ofNullable(answerOrNull);
  }
}
