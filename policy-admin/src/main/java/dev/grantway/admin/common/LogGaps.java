package dev.grantway.admin.common;

import dev.grantway.usage.Told;
import java.util.ArrayList;
import java.util.List;

/** Why calls may be missing on days of which logs tell. */
public final class LogGaps {
  private LogGaps() {}

  /** A sentence for each reason; none where logs tell of every call of those days. */
  public static List<String> of(Told it) {
    var why = new ArrayList<String>();
    if (!it.everyCall()) {
      why.add(Words.word("use.decisions"));
    }
    if (it.unreadable() > 0) {
      why.add(Words.word("use.unreadable", it.unreadable()));
    }
    return why;
  }
}
