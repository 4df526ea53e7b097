package dev.grantway.admin.common;

import dev.grantway.admin.changes.InForce;

/** What is said wherever the table does not answer. */
public final class TableDown {
  private TableDown() {}

  /** Names the revision that callers are still decided by, as far as this process has seen. */
  public static String stillInForce(InForce last) {
    return last.revision() == 0
        ? Words.word("down.unknown")
        : Words.word(
            "down.still", Long.toString(last.revision()), Times.dayAndClock(last.publishedAt()));
  }
}
