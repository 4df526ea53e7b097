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
 * @param answers what is known of API Gateway besides its documentation
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
    GatewayAnswers answers,
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
        GatewayAnswers.ASSUMED,
        clock,
        log,
        line -> {});
  }

  /** The same, whose refusals carry a link to their explanation. */
  public TwinConfiguration explainedAt(String admin) {
    return new TwinConfiguration(
        port, region, account, stages, webSockets, admin, answers, clock, log, accessLog);
  }

  /** The same with an access log. */
  public TwinConfiguration loggingAccessTo(Consumer<String> lines) {
    return new TwinConfiguration(
        port, region, account, stages, webSockets, adminUrl, answers, clock, log, lines);
  }

  /** The same, which behaves as API Gateway was seen to. */
  public TwinConfiguration answering(GatewayAnswers seen) {
    return new TwinConfiguration(
        port, region, account, stages, webSockets, adminUrl, seen, clock, log, accessLog);
  }
}
