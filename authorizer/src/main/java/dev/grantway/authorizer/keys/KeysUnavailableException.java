package dev.grantway.authorizer.keys;

/** No usable key set: the one outage of a token that is a 500 (TOKENS, GATEWAY rule 16). */
public final class KeysUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String reason) {
    super(reason, null, false, false);
  }
}
