package dev.grantway.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of a line, once; the last one counts. Never altered.
 *
 * @param seq from 1 for each line
 * @param answerOrNull null: what was said before is taken back
 * @param openedOrNull when whoever answered was shown the line; null: that is not known
 * @param comment at most {@value #MAX_COMMENT} characters; perhaps none
 * @param together with how many others it was answered at a stroke; 0: alone
 */
public record LineAnswer(
    int line,
    int seq,
    @Nullable Answer answerOrNull,
    String by,
    Instant at,
    @Nullable Instant openedOrNull,
    String comment,
    int together) {
  public static final int MAX_COMMENT = 1000;

  public LineAnswer {
    if (line < 1 || seq < 1) {
      throw new IllegalArgumentException("lines and their answers are numbered from 1");
    }
    if (comment.length() > MAX_COMMENT) {
      throw new IllegalArgumentException(
          "a comment has at most " + MAX_COMMENT + " characters, got " + comment.length());
    }
  }

  public Optional<Answer> answer() {
    return Optional.ofNullable(answerOrNull);
  }

  /** How long it was looked at, as far as that is known. */
  public Optional<Duration> taken() {
    return openedOrNull == null || at.isBefore(openedOrNull)
        ? Optional.empty()
        : Optional.of(Duration.between(openedOrNull, at));
  }
}
