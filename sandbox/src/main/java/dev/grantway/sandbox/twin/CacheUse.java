package dev.grantway.sandbox.twin;

import java.util.Locale;

/** What the authorizer cache had to do with an answer; the header {@code x-twin-cache} says it. */
enum CacheUse {
  /** The document came from the cache. */
  HIT,
  /** The authorizer was asked, and its document may be kept. */
  MISS,
  /** No cache was looked into: caching is off, or the authorizer was not needed. */
  OFF;

  String header() {
    return name().toLowerCase(Locale.ROOT);
  }
}
