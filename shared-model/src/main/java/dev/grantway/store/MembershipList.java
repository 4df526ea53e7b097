package dev.grantway.store;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who is in which group, as somebody imported it: right when it was exported, and as old as that.
 *
 * @param at when it was imported
 * @param by the operator who did
 * @param rows each once, at most {@value #MOST_ROWS}
 */
public record MembershipList(Instant at, String by, List<Membership> rows) {
  /** More are not kept. */
  public static final int MOST_ROWS = 50_000;

  public MembershipList {
    rows = List.copyOf(new LinkedHashSet<>(rows));
    if (rows.size() > MOST_ROWS) {
      throw new IllegalArgumentException(
          "a membership list may have " + MOST_ROWS + " rows, not " + rows.size());
    }
  }
}
