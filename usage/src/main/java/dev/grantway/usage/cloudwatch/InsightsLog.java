package dev.grantway.usage.cloudwatch;

import dev.grantway.store.StoreException;
import dev.grantway.store.dynamodb.AwsSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.MalformedQueryException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Reads a log group by queries of CloudWatch Logs Insights (StartQuery, GetQueryResults; a query
 * that is not waited for is stopped). A query hands over 10,000 records at most, so that time is
 * cut into windows of fewer; what a window has more of is asked again in halves, and where the
 * smallest has more, or CloudWatch counts more than it hands over, nothing is taken for whole. Both
 * ends of a window belong to it, so that the smallest is of two seconds.
 *
 * <p>What fails is a {@link StoreException.Unavailable}; a group or a time that there is not is an
 * {@link IllegalArgumentException}.
 */
public final class InsightsLog implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 6;
  private static final long FIRST_STEP = Duration.ofHours(1).toSeconds();
  private static final long LONGEST_STEP = Duration.ofDays(1).toSeconds();

  private final CloudWatchLogsClient client;
  private final Pause pause;

  /** Lets time pass between questions. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Takes what was logged. */
  @FunctionalInterface
  public interface Lines {
    void take(String message) throws IOException;
  }

  /**
   * What was read, all of it.
   *
   * @param bytes that CloudWatch scanned for it, which is what it charges for
   */
  public record Whole(long records, int queries, long bytes) {}

  private InsightsLog(CloudWatchLogsClient client, Pause pause) {
    this.client = client;
    this.pause = pause;
  }

  /**
   * Asks with the credentials and the region of an environment.
   *
   * @param url where CloudWatch Logs answers; empty for AWS, or what the environment says ({@code
   *     AWS_ENDPOINT_URL_CLOUDWATCH_LOGS})
   */
  public static InsightsLog at(String url, Map<String, String> environment) {
    return at(url, environment, Thread::sleep);
  }

  /** The same, which lets time pass in another way. */
  static InsightsLog at(String url, Map<String, String> environment, Pause pause) {
    var aws = new AwsSettings(environment);
    String endpoint = url.isEmpty() ? aws.endpoint("CLOUDWATCH_LOGS") : url;
    return new InsightsLog(
        aws.on(CloudWatchLogsClient.builder(), endpoint)
            .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CALL))
            .overrideConfiguration(
                config ->
                    config
                        .apiCallTimeout(CALL)
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS)))
            .build(),
        pause);
  }

  /** Where the reading is. */
  private static final class Progress {
    private long from;
    private long step = FIRST_STEP;
    private Set<String> seen = new HashSet<>();
    private long records;
    private int queries;
    private long bytes;

    Progress(long from) {
      this.from = from;
    }
  }

  /**
   * Reads all that was logged in a time, the oldest first.
   *
   * @param since in whole seconds
   * @param until not any more, in whole seconds
   */
  public Whole read(String group, Instant since, Instant until, Lines lines) throws IOException {
    if (!since.isBefore(until) || since.getNano() != 0 || until.getNano() != 0) {
      throw new IllegalArgumentException(
          "logs are read from an instant in whole seconds to a later one, not from "
              + since
              + " to "
              + until);
    }
    var progress = new Progress(since.getEpochSecond());
    long end = until.getEpochSecond();
    try {
      while (progress.from < end) {
        long to = Math.min(progress.from + progress.step, end);
        Query.Answer answer = new Query(client, pause, group, progress.from, to).answer();
        progress.queries++;
        progress.bytes += answer.bytes();
        if (answer.isCut()) {
          progress.step = half(group, progress.from, to);
        } else {
          take(answer, since, until, progress, lines);
          progress.from = to;
          if (answer.isSmall()) {
            progress.step = Math.min(2 * progress.step, LONGEST_STEP);
          }
        }
      }
    } catch (ResourceNotFoundException none) {
      throw new IllegalArgumentException(
          "there is no log group `" + group + "` in that account and region", none);
    } catch (MalformedQueryException | InvalidParameterException refused) {
      throw new IllegalArgumentException(
          "CloudWatch Logs does not take that time of log group `"
              + group
              + "`: see that the group was there then, and that it keeps its logs so long",
          refused);
    } catch (LimitExceededException busy) {
      throw unavailable(
          "runs as many queries in this account as it may: wait for the others, and ask again",
          busy);
    } catch (AwsServiceException refused) {
      throw unavailable(
          "refused (%s): see that these credentials may do logs:StartQuery, logs:GetQueryResults"
                  .formatted(code(refused))
              + " and logs:StopQuery on log group `"
              + group
              + "`",
          refused);
    } catch (SdkException unreachable) {
      throw unavailable(
          "does not answer: see that the region is right, and ask again", unreachable);
    }
    return new Whole(progress.records, progress.queries, progress.bytes);
  }

  private static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null
        ? "status " + refused.statusCode()
        : String.valueOf(refused.awsErrorDetails().errorCode());
  }

  static StoreException.Unavailable unavailable(String what, @Nullable Throwable why) {
    return new StoreException.Unavailable("CloudWatch Logs " + what + "; nothing was taken", why);
  }

  private static long half(String group, long from, long to) {
    if (to - from <= 1) {
      throw new StoreException.Unavailable(
          "log group `"
              + group
              + "` has "
              + Query.MOST
              + " records or more in the two seconds from "
              + Instant.ofEpochSecond(from)
              + ", the shortest time that can be asked for, and a query hands over no more, so that"
              + " nothing was taken: export the group to files, and read these",
          null);
    }
    return (to - from) / 2;
  }

  /**
   * Both ends of a window belong to it, whether or not the whole second does: what was logged in
   * the last one may come again in the next window, and is known by its pointer.
   */
  private static void take(
      Query.Answer answer, Instant since, Instant until, Progress progress, Lines lines)
      throws IOException {
    var last = new HashSet<String>();
    long end = answer.to();
    for (Query.Logged it : answer.records()) {
      boolean isAsked = !it.at().isBefore(since) && it.at().isBefore(until);
      if (isAsked && !progress.seen.contains(it.pointer())) {
        lines.take(it.message());
        progress.records++;
      }
      if (it.at().getEpochSecond() >= end) {
        last.add(it.pointer());
      }
    }
    progress.seen = last;
  }

  @Override
  public void close() {
    client.close();
  }
}
