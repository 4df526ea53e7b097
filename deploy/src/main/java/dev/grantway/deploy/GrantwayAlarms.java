package dev.grantway.deploy;

import dev.grantway.authorizer.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/**
 * Alarms and a dashboard of what an authorizer says of itself; docs/operations.md has for each sign
 * the first three things to do. Sizes of documents come out of the lines of the log by a filter.
 */
public final class GrantwayAlarms extends Construct {
  /** The size of documents, which a filter takes out of the lines. */
  static final String DOCUMENT_BYTES = "DocumentBytes";

  private static final double NEARLY_FULL = 0.9;

  private final Optional<IAlarmAction> action;

  /**
   * @param log of the authorizer
   * @param action what an alarm does, such as a message to a topic
   */
  public GrantwayAlarms(
      Construct scope, String id, LogGroup log, Watched watched, Optional<IAlarmAction> action) {
    super(scope, id);
    this.action = action;
    MetricFilter.Builder.create(this, DOCUMENT_BYTES)
        .logGroup(log)
        .filterPattern(FilterPattern.literal("{ $.event = \"decision\" && $.bytes = * }"))
        .metricNamespace(Metric.NAMESPACE)
        .metricName(DOCUMENT_BYTES)
        .metricValue("$.bytes")
        .dimensions(new TreeMap<>(Map.of("api", "$.api", "stage", "$.stage")))
        .build();
    var board = Dashboard.Builder.create(this, "Dashboard").build();
    for (int i = 0; i < watched.stages().size(); i++) {
      watch(watched, watched.stages().get(i), "Stage" + (i + 1), board, log);
    }
    for (int i = 0; i < watched.issuers().size(); i++) {
      var by = Map.of("issuer", watched.issuers().get(i));
      alarm(
          "Issuer" + (i + 1) + Metric.KEY_SET_FAILURES.word(),
          "An issuer's keys cannot be fetched; after 24 hours without, tokens are not verified.",
          metric(Metric.KEY_SET_FAILURES.word(), by, "Sum", Duration.hours(1)),
          10,
          1);
      alarm(
          "Issuer" + (i + 1) + Metric.KEYS_SKIPPED.word(),
          "An issuer publishes keys that cannot be used.",
          metric(Metric.KEYS_SKIPPED.word(), by, "Sum", Duration.minutes(5)),
          0,
          1);
    }
  }

  private void watch(Watched watched, String stage, String name, Dashboard board, LogGroup log) {
    var by = Map.of("api", watched.api(), "stage", stage);
    alarm(
        name + Metric.FAILED.word(),
        "Calls fail: 503 on REST APIs, 500 on others; nobody is let in wrongly.",
        sum(Metric.FAILED, by),
        5,
        1);
    alarm(
        name + Metric.STALE.word(),
        "Known callers are answered from before an outage of the table; the stale limit runs.",
        metric(Metric.STALE.word(), by, "Sum", Duration.minutes(1)),
        0,
        2);
    alarm(
        name + Metric.HEAD_AGE.word(),
        "Half of the stale limit is over at some instance; when all of it is, its calls fail.",
        metric(Metric.HEAD_AGE.word(), by, "Maximum", Duration.minutes(1)),
        (double) watched.oldHead().toMillis(),
        1);
    alarm(
        name + Metric.ALARMS.word(),
        "A bug, or a document that was wider than the decision: the call failed.",
        sum(Metric.ALARMS, by),
        0,
        1);
    alarm(
        name + Metric.NARROWED.word(),
        "Somebody is refused what is granted: a document left routes out.",
        sum(Metric.NARROWED, by),
        0,
        1);
    alarm(
        name + DOCUMENT_BYTES,
        "Documents come near their budget; over it, routes are left out.",
        metric(DOCUMENT_BYTES, by, "Maximum", Duration.minutes(5)),
        watched.policyBytes() * NEARLY_FULL,
        1);
    board.addWidgets(
        graph(
            watched.api() + " " + stage + ": answers",
            sums(
                by,
                Metric.ALLOWED,
                Metric.DENIED,
                Metric.UNAUTHORIZED,
                Metric.FAILED,
                Metric.WOULD_REFUSE)),
        graph(
            watched.api() + " " + stage + ": trouble",
            sums(by, Metric.STALE, Metric.ALARMS, Metric.NARROWED, Metric.HEARTBEAT_FAILURES)),
        graph(
            watched.api() + " " + stage + ": age of head in milliseconds",
            List.of(
                metric(Metric.HEAD_AGE.word(), by, "p50", Duration.minutes(1)),
                metric(Metric.HEAD_AGE.word(), by, "Maximum", Duration.minutes(1)))),
        graph(
            watched.api() + " " + stage + ": microseconds and bytes",
            List.of(
                metric(Metric.LATENCY.word(), by, "p50", Duration.minutes(5)),
                metric(Metric.LATENCY.word(), by, "p99", Duration.minutes(5)),
                metric(DOCUMENT_BYTES, by, "Maximum", Duration.minutes(5)))));
    board.addWidgets(
        LogQueryWidget.Builder.create()
            .title(watched.api() + " " + stage + ": why calls are refused")
            .logGroupNames(List.of(log.getLogGroupName()))
            .queryLines(
                List.of(
                    "filter event = 'decision' and api = '"
                        + watched.api()
                        + "' and stage = '"
                        + stage
                        + "' and reason != 'allowed'",
                    "stats count(*) as calls by reason, route, method",
                    "sort calls desc",
                    "limit 20"))
            .width(24)
            .height(6)
            .build());
  }

  private void alarm(String name, String description, IMetric metric, double above, int periods) {
    var alarm =
        Alarm.Builder.create(this, name)
            .alarmDescription(description + " docs/operations.md says what to do first.")
            .metric(metric)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .threshold(above)
            .evaluationPeriods(periods)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    action.ifPresent(alarm::addAlarmAction);
  }

  private static GraphWidget graph(String title, List<IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(6).height(6).build();
  }

  private static List<IMetric> sums(Map<String, String> by, Metric... metrics) {
    var all = new ArrayList<IMetric>();
    for (var metric : metrics) {
      all.add(sum(metric, by));
    }
    return all;
  }

  private static IMetric sum(Metric metric, Map<String, String> by) {
    return metric(metric.word(), by, "Sum", Duration.minutes(5));
  }

  private static IMetric metric(
      String name, Map<String, String> by, String statistic, Duration period) {
    return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
        .namespace(Metric.NAMESPACE)
        .metricName(name)
        .dimensionsMap(new TreeMap<>(by))
        .statistic(statistic)
        .period(period)
        .build();
  }
}
