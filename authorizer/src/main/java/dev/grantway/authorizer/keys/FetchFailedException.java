package dev.grantway.authorizer.keys;

/** One attempt to fetch a key set that brought none; the message is for the log. */
public final class FetchFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean answered;

  private FetchFailedException(String reason, boolean answered) {
    super(reason, null, false, false);
    this.answered = answered;
  }

  /** Nobody answered, or not to the end. */
  public static FetchFailedException unanswered(String reason) {
    return new FetchFailedException(reason, false);
  }

  /** The answer, or what was to be asked, is wrong. */
  public static FetchFailedException wrong(String reason) {
    return new FetchFailedException(reason, true);
  }

  /** Whether asking again would bring the same. */
  public boolean answered() {
    return answered;
  }
}
