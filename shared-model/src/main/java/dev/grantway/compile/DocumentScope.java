package dev.grantway.compile;

/** What a document must be right for; follows from the cache key. */
public enum DocumentScope {
  /** This one request: nothing is cached. */
  REQUEST,
  /** The granted part of one route. */
  ROUTE,
  /** Every route of the stage. */
  TOKEN
}
