package dev.grantway.authorizer.freshness;

import dev.grantway.store.StoreException;

/** Nothing complete is held that may still serve: a 500, never an Allow (REV-08, SEM-12). */
public final class PolicyUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyUnavailableException(Throwable cause) {
    super(cause.getMessage(), cause, false, false);
  }

  /** Stable, for logs. */
  public String code() {
    return getCause() instanceof StoreException.Torn ? "policy-torn" : "policy-unavailable";
  }
}
