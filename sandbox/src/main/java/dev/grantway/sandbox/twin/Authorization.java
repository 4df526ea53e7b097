package dev.grantway.sandbox.twin;

/** What became of a request at the authorizer. */
record Authorization(CacheUse cache, Outcome outcome) {

  /** Why the request goes on or not. */
  sealed interface Outcome {
    record Allowed(Authorized caller) implements Outcome {}

    record ExplicitlyDenied(Authorized caller) implements Outcome {}

    record ImplicitlyDenied(Authorized caller) implements Outcome {}

    /** An identity source is missing, or the function threw {@code Unauthorized}. */
    record Unauthorized() implements Outcome {}

    record Failed(String reason) implements Outcome {}
  }
}
