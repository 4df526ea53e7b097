package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.LocalDate;
import java.util.List;

/**
 * What one log tells of one stage on one day (UTC).
 *
 * @param source names the log: 1 to 100 characters without {@code #}; what it told of the day
 *     before, in lines of this kind, is replaced
 * @param kind of the log
 * @param rows each route and set of roles once
 * @param unreadable how many lines of the log, of whichever stage, could not be read between calls
 *     of that day; 0 for what builds kept that did not count them
 */
public record UsageDay(
    ApiId api,
    String stage,
    LocalDate day,
    String source,
    Kind kind,
    List<UsageRow> rows,
    long unreadable) {
  public static final int MAX_SOURCE = 100;

  /** What was logged. */
  public enum Kind {
    /** API Gateway's access log: every call. */
    ACCESS,
    /** Decision lines of authorizers: calls that the gateway answers from its cache have none. */
    DECISIONS
  }

  /** A day of which every line could be read. */
  public UsageDay(
      ApiId api, String stage, LocalDate day, String source, Kind kind, List<UsageRow> rows) {
    this(api, stage, day, source, kind, rows, 0);
  }

  /** What is named so as a source: without {@code #}, and the end of what is longer. */
  public static String source(String name) {
    String safe = name.replace('#', '_');
    return safe.substring(Math.max(0, safe.length() - MAX_SOURCE));
  }

  public UsageDay {
    if (source.isEmpty() || source.length() > MAX_SOURCE || source.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "the name of a log needs 1 to " + MAX_SOURCE + " characters without `#`");
    }
    rows = List.copyOf(rows);
  }
}
