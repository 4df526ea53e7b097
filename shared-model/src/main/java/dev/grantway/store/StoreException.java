package dev.grantway.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The store cannot answer, and why. None of these may ever turn into an Allow. */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The table cannot be reached, throttles, or was never set up; nothing is known of the data. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The table answers, and what it holds is not what was written. */
  public static final class Damaged extends StoreException {
    private static final long serialVersionUID = 1L;

    public Damaged(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A bundle is corrupt, torn or lacks a chunk, also after a second look (SEM-12). */
  public static final class Torn extends StoreException {
    private static final long serialVersionUID = 1L;
    private final transient BundleKey key;

    public Torn(BundleKey key, String why) {
      super("bundle `" + key + "` " + why, null);
      this.key = key;
    }

    public BundleKey key() {
      return key;
    }
  }

  /** The revision asked for is older than what retention keeps (REV-07). */
  public static final class NotKept extends StoreException {
    private static final long serialVersionUID = 1L;

    public NotKept(long asked, long floor) {
      super(
          "revision " + asked + " is no longer kept: ask for revision " + floor + " or a later one",
          null);
    }
  }

  /** An instant that is asked about has not come yet: what will be then is not known. */
  public static final class NotYet extends StoreException {
    private static final long serialVersionUID = 1L;

    private NotYet(Instant asked, Instant now) {
      super(
          "`"
              + asked
              + "` has not come yet, so that nothing is known as of then: it is "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + ", ask as of that or an earlier instant",
          null);
    }

    /** Refuses an instant later than now. */
    public static void check(Instant asked, Instant now) {
      if (asked.isAfter(now)) {
        throw new NotYet(asked, now);
      }
    }
  }

  /**
   * The table failed while a publish was under way, and whether it took effect is not known: it may
   * yet be completed by whoever recovers it.
   */
  public static final class OutcomeUnknown extends StoreException {
    private static final long serialVersionUID = 1L;
    private final long number;

    public OutcomeUnknown(long number, @Nullable Throwable cause) {
      super(
          "whether revision "
              + number
              + " took effect is not known, since the table did not answer: look at the revisions"
              + " once it does, before publishing again",
          cause);
      this.number = number;
    }

    public long number() {
      return number;
    }
  }
}
