package dev.grantway.authorizer.keys;

/** One attempt to fetch a key set that brought none; the message is for the log. */
public final class FetchFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public FetchFailedException(String reason) {
    super(reason, null, false, false);
  }
}
