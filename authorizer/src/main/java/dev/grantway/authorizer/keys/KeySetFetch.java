package dev.grantway.authorizer.keys;

/** One attempt to get an issuer's current key set, bounded in time and size. */
@FunctionalInterface
public interface KeySetFetch {
  /** The set, which holds at least one member. */
  KeySet fetch() throws FetchFailedException;
}
