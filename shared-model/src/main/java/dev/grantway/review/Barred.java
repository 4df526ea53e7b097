package dev.grantway.review;

/** Why a reviewer may not answer a line. */
public enum Barred {
  /** It is the reviewer's own access. */
  OWN,
  /** The reviewer granted it last. */
  GRANTED
}
