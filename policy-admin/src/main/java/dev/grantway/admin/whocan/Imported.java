package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Sentence;
import java.time.Instant;

/** What became of an import. */
public sealed interface Imported {

  /**
   * The list is in the place of the one before.
   *
   * @param at from when on
   * @param rows each once
   */
  record Done(Instant at, int rows) implements Imported {}

  /** Nothing was imported, and why. */
  record Refused(Sentence why) implements Imported {}

  /** Another list is the last by now than the one that this was compared with: likewise. */
  record Moved(Sentence why) implements Imported {}
}
