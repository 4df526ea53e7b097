package dev.grantway.review;

/** What a reviewer says of a line, and what becomes of one that nobody answered. */
public enum Answer {
  KEEP,
  REVOKE
}
