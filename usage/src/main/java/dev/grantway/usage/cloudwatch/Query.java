package dev.grantway.usage.cloudwatch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryStatistics;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryStatus;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResultField;

/** One query for all that was logged in a window of time. */
final class Query {
  /** What a query hands over at most. */
  static final int MOST = 10_000;

  private static final String TEXT =
      "fields @timestamp, @message | sort @timestamp asc | limit " + MOST;

  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration IN_ALL = Duration.ofMinutes(15);

  /** How often a query is begun where others are in the way. */
  private static final int BEGINNINGS = 60;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private final CloudWatchLogsClient client;
  private final InsightsLog.Pause pause;
  private final String group;
  private final long from;
  private final long to;

  /**
   * A record of a log.
   *
   * @param pointer which record it is
   */
  record Logged(Instant at, String message, String pointer) {}

  /**
   * What was handed over.
   *
   * @param to the end of the window
   */
  record Answer(List<Logged> records, long to, long bytes) {
    /** Whether there may be more. */
    boolean isCut() {
      return records.size() >= MOST;
    }

    /** Whether a window of twice the time is likely to be handed over too. */
    boolean isSmall() {
      return records.size() < MOST / 4;
    }
  }

  /**
   * A query.
   *
   * @param from in seconds of the epoch
   * @param to likewise; belongs to it
   */
  Query(CloudWatchLogsClient client, InsightsLog.Pause pause, String group, long from, long to) {
    this.client = client;
    this.pause = pause;
    this.group = group;
    this.from = from;
    this.to = to;
  }

  Answer answer() {
    GetQueryResultsResponse end = waitedFor(begun());
    if (end.status() != QueryStatus.COMPLETE) {
      throw InsightsLog.unavailable(
          "ended the query of "
              + window()
              + " as "
              + end.statusAsString()
              + ": ask again, perhaps for less time",
          as(end));
    }
    return checked(end);
  }

  /** How a query ended; where that is not learnt, it is stopped. */
  private GetQueryResultsResponse waitedFor(String id) {
    boolean ended = false;
    try {
      Duration next = SHORTEST;
      Duration waited = Duration.ZERO;
      GetQueryResultsResponse now = client.getQueryResults(ask -> ask.queryId(id));
      while (now.status() == QueryStatus.SCHEDULED || now.status() == QueryStatus.RUNNING) {
        if (waited.compareTo(IN_ALL) > 0) {
          throw InsightsLog.unavailable(
              "has run a query of " + window() + " for 15 minutes, and is told to stop it",
              as(now));
        }
        pause(next);
        waited = waited.plus(next);
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        now = client.getQueryResults(ask -> ask.queryId(id));
      }
      ended = true;
      return now;
    } finally {
      if (!ended) {
        stop(id);
      }
    }
  }

  /** Why it was not waited for matters more than whether it stops. */
  private void stop(String id) {
    // The SDK calls nobody for a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      client.stopQuery(ask -> ask.queryId(id));
    } catch (RuntimeException unstopped) {
      // It ends by itself.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Throwable as(GetQueryResultsResponse as) {
    return new IllegalStateException("the query is " + as.statusAsString());
  }

  private String window() {
    return "`"
        + group
        + "` from "
        + Instant.ofEpochSecond(from)
        + " to "
        + Instant.ofEpochSecond(to);
  }

  /** Only so many queries run in an account at once: others end. */
  private String begun() {
    int tried = 1;
    while (true) {
      try {
        return client
            .startQuery(
                ask ->
                    ask.logGroupName(group)
                        .startTime(from)
                        .endTime(to)
                        .queryString(TEXT)
                        .limit(MOST))
            .queryId();
      } catch (LimitExceededException busy) {
        if (tried == BEGINNINGS) {
          throw busy;
        }
        tried++;
        pause(LONGEST);
      }
    }
  }

  private void pause(Duration time) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw InsightsLog.unavailable("was not waited for", e);
    }
  }

  private Answer checked(GetQueryResultsResponse of) {
    List<Logged> records = of.results().stream().map(this::logged).toList();
    Optional<QueryStatistics> told = Optional.ofNullable(of.statistics());
    double matched = told.map(QueryStatistics::recordsMatched).orElse((double) records.size());
    if (records.size() < MOST && matched > records.size()) {
      throw InsightsLog.unavailable(
          "counts %.0f records in %s and handed over %d: ask again"
              .formatted(matched, window(), records.size()),
          as(of));
    }
    return new Answer(
        records, to, told.map(QueryStatistics::bytesScanned).map(Double::longValue).orElse(0L));
  }

  private Logged logged(List<ResultField> fields) {
    Map<String, String> values = new HashMap<>();
    fields.forEach(it -> values.put(it.field(), it.value()));
    String at = values.get("@timestamp");
    String message = values.get("@message");
    String pointer = values.get("@ptr");
    if (at == null || message == null || pointer == null) {
      throw InsightsLog.unavailable(
          "handed over a record of " + window() + " without its time, message or pointer",
          new IllegalStateException("it has " + values.keySet()));
    }
    try {
      Instant then = LocalDateTime.parse(at, TIME).toInstant(ZoneOffset.UTC);
      if (then.getEpochSecond() < from || then.getEpochSecond() > to) {
        throw InsightsLog.unavailable(
            "handed over a record of " + then + " where " + window() + " was asked for", null);
      }
      return new Logged(then, message, pointer);
    } catch (DateTimeException otherwise) {
      throw InsightsLog.unavailable("tells time in another way than is known", otherwise);
    }
  }
}
