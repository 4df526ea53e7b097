package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Sentence;
import java.time.Instant;

/** What became of a question. */
public sealed interface Found<T> {

  /**
   * It is answered.
   *
   * @param revision that answered
   * @param head the live revision
   * @param at the instant that validities and assignments were held against
   */
  record Answer<T>(long revision, long head, Instant at, T value) implements Found<T> {}

  /** There is nothing to answer by. */
  record Nothing<T>(Sentence why) implements Found<T> {
    static <T> Nothing<T> because(String key, Object... facts) {
      return new Nothing<>(Sentence.of(key, facts));
    }
  }
}
