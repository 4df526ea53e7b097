package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.WebSocketLimits;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the gateway twin serves.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param adminUrl where the admin app explains refusals, without a slash at its end; empty: nowhere
 * @param log lines for people; never a token, a header or a claim
 * @param accessLog one line in JSON for each request that reached a route
 */
public record TwinConfiguration(
    int port,
    String region,
    String account,
    List<StageConfiguration> stages,
    WebSocketLimits webSockets,
    String adminUrl,
    Clock clock,
    Consumer<String> log,
    Consumer<String> accessLog) {

  public TwinConfiguration {
    stages = List.copyOf(stages);
  }

  /** Region and account that the ARNs of the sandbox carry. */
  public static TwinConfiguration of(
      int port, List<StageConfiguration> stages, Clock clock, Consumer<String> log) {
    return new TwinConfiguration(
        port,
        "us-east-1",
        "123456789012",
        stages,
        WebSocketLimits.API_GATEWAY,
        "",
        clock,
        log,
        line -> {});
  }

  /** The same, whose refusals carry a link to their explanation. */
  public TwinConfiguration explainedAt(String admin) {
    return new TwinConfiguration(
        port, region, account, stages, webSockets, admin, clock, log, accessLog);
  }

  /** The same with an access log. */
  public TwinConfiguration loggingAccessTo(Consumer<String> lines) {
    return new TwinConfiguration(
        port, region, account, stages, webSockets, adminUrl, clock, log, lines);
  }
}
