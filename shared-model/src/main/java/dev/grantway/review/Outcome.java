package dev.grantway.review;

/** What became of a line when the campaign was closed. */
public enum Outcome {
  KEPT,
  /** The draft takes it away. */
  REVOKED,
  /** It was to be revoked and is not: it is not as it was reviewed any more. */
  CHANGED_SINCE
}
