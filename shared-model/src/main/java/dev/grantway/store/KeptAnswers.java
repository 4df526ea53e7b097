package dev.grantway.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that calls got under keys of their callers, so that a call which is sent twice is done
 * once, by whichever instance of the app it reaches: no part of any revision, and forgotten a day
 * later.
 */
public interface KeptAnswers {
  /** For how long a key stands for its call. */
  Duration KEPT = Duration.ofHours(24);

  /** A call that has had no answer for so long will get none: whoever took it is gone. */
  Duration LONGEST = Duration.ofMinutes(15);

  /**
   * A call.
   *
   * @param caller the operator's name: keys are each caller's own
   * @param print a digest of all that was asked
   */
  record Call(String caller, String key, String print) {}

  /**
   * What a call was answered.
   *
   * @param headers by name
   * @param body of at most {@link #MOST_BODY} bytes of text in UTF-8; empty where it was longer
   */
  record Answer(int status, Map<String, String> headers, Optional<String> body) {
    /** Of longer answers only their status and headers are kept. */
    public static final int MOST_BODY = 256 << 10;

    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /** What is known of a call. */
  sealed interface Taken {
    /** Nothing was: it is the caller's to make now, and no other's under that key. */
    record New() implements Taken {}

    /** It was answered. */
    record Done(Answer answer) implements Taken {}

    /** The key stands for another call. */
    record OfAnother() implements Taken {}

    /** It is being made since then. */
    record UnderWay(Instant since) implements Taken {}

    /** It was begun then, and nobody knows what became of it. */
    record Unknown(Instant since) implements Taken {}
  }

  /**
   * Takes a key for a call; of several at once one alone gets {@link Taken.New}. Where this throws,
   * the key is not taken, as far as the table can still be told so.
   */
  Taken take(Call call, Instant now);

  /** Keeps the answer of a call that was taken. */
  void keep(Call call, Instant now, Answer answer);

  /**
   * Says of a call that was taken, and that has no answer, that nobody knows what came of it.
   *
   * @param begun when it was begun
   */
  void lose(Call call, Instant begun);

  /** Gives the key of a call back that was taken and that nothing came of. */
  void forget(Call call);
}
