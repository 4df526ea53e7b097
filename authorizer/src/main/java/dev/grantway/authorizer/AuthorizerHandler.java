package dev.grantway.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.grantway.authorizer.telemetry.LogLine;
import dev.grantway.authorizer.telemetry.LogSink;
import dev.grantway.authorizer.telemetry.Metric;
import dev.grantway.authorizer.telemetry.Phase;
import dev.grantway.policy.Effect;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda's entry point. Fails closed here and nowhere else: whatever is not an answer leaves as
 * an exception, which API Gateway turns into a 401 or 500 and never caches (GATEWAY rules 11, 12).
 *
 * <p>As deployed it takes part in Lambda SnapStart: it primes before the snapshot, and nothing that
 * was held or open before serves after a restore.
 */
public final class AuthorizerHandler implements RequestStreamHandler, Resource {
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration TOTAL = Duration.ofSeconds(4);

  private final AuthorizerConfiguration settings;
  private final Supplier<Table> table;
  private final Clock clock;
  private final LogSink log;
  private volatile Running running;

  /** What is replaced as a whole after a restore. */
  private record Running(Table table, Authorizer authorizer) {}

  /** What is read and written outside. */
  private record Table(PolicyReader policy, Heartbeats heartbeats) {}

  /**
   * As deployed: settings from the environment, policy from the table they name, lines to standard
   * error.
   *
   * @throws ConfigurationException listing every problem of the settings
   */
  public AuthorizerHandler() {
    this(System.getenv(), Clock.systemUTC(), System.err::println);
    Core.getGlobalContext().register(this);
  }

  /** The same as deployed, with the environment handed in and no part in a snapshot. */
  AuthorizerHandler(Map<String, String> environment, Clock clock, LogSink log) {
    this(deployed(environment, clock, log), environment, clock, log);
  }

  private AuthorizerHandler(
      AuthorizerConfiguration settings, Map<String, String> environment, Clock clock, LogSink log) {
    this(settings, () -> table(settings, environment), clock, log);
  }

  /**
   * With the policy handed in, for tests, the sandbox and the commands: no table and no AWS setting
   * is needed.
   *
   * @param settings the {@code GRANTWAY_*} names; others are ignored
   * @param policy safe for many threads
   * @param clock for tokens, validity and freshness
   * @param log takes one line per decision
   * @throws ConfigurationException listing every problem of the settings
   */
  public AuthorizerHandler(
      Map<String, String> settings, PolicyReader policy, Clock clock, LogSink log) {
    this(settings, policy, Heartbeats.NONE, clock, log);
  }

  /**
   * The same, which reports itself.
   *
   * @param heartbeats safe for many threads
   * @throws ConfigurationException listing every problem of the settings
   */
  public AuthorizerHandler(
      Map<String, String> settings,
      PolicyReader policy,
      Heartbeats heartbeats,
      Clock clock,
      LogSink log) {
    this(
        AuthorizerConfiguration.composed(settings, clock.instant()),
        () -> new Table(policy, heartbeats),
        clock,
        log);
  }

  private AuthorizerHandler(
      AuthorizerConfiguration settings, Supplier<Table> table, Clock clock, LogSink log) {
    this.settings = settings;
    this.table = table;
    this.clock = clock;
    this.log = log;
    running = compose(settings, table.get(), clock, log);
    settings.warnings().forEach(warning -> log(new LogLine("warning", clock.instant()), warning));
    settings
        .issuers()
        .forEach(
            issuer ->
                issuer
                    .warnings()
                    .forEach(warning -> log(new LogLine("warning", clock.instant()), warning)));
  }

  private static Running compose(
      AuthorizerConfiguration settings, Table table, Clock clock, LogSink log) {
    return new Running(
        table, new Authorizer(settings, table.policy(), table.heartbeats(), clock, log));
  }

  private static AuthorizerConfiguration deployed(
      Map<String, String> environment, Clock clock, LogSink log) {
    try {
      return AuthorizerConfiguration.deployed(environment, clock.instant());
    } catch (ConfigurationException e) {
      var line = new LogLine("refused-settings", clock.instant()).put("problems", e.problems());
      log.line(line.toJson());
      throw e;
    }
  }

  private static Table table(AuthorizerConfiguration settings, Map<String, String> environment) {
    var reader =
        new DynamoPolicyReader(
            DynamoClients.create(environment, ATTEMPT, TOTAL), settings.table().orElseThrow());
    return new Table(reader, reader.heartbeats());
  }

  /**
   * Before a snapshot: loads and warms what a first call needs, by decisions of another authorizer
   * over a policy and an issuer made up for this, and by one read of head. Never throws: a function
   * whose table is out of reach just then can still be deployed, and fails closed when it is asked.
   */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    long began = System.nanoTime();
    var line = new LogLine("primed", clock.instant());
    try {
      line.put("decisions", new Priming(settings.cacheKey().scope(), clock).run());
      running.table().policy().head();
    } catch (RuntimeException | LinkageError e) {
      line = new LogLine("not-primed", clock.instant());
      log(line, e.getClass().getName() + ": " + e.getMessage());
      return;
    }
    log.line(line.put("micros", (System.nanoTime() - began) / 1_000).toJson());
  }

  /**
   * After a restore: connections, credentials, keys, head and everything else that was held are
   * made anew, since they are as old as the snapshot and shared by all that came from it.
   */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    running = compose(settings, table.get(), clock, log);
    log.line(new LogLine("restored", clock.instant()).toJson());
  }

  private void log(LogLine line, String detail) {
    log.line(line.put("detail", detail).toJson());
  }

  /**
   * Answers one event.
   *
   * @throws UnauthorizedException for a 401
   * @throws AuthorizerFailedException for a 500
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    if (context != null) {
      running.authorizer().told(Duration.ofMillis(context.getRemainingTimeInMillis()));
    }
    output.write(answer(input.readAllBytes()));
  }

  /** The same for whoever has bytes. */
  public byte[] answer(byte[] event) {
    long began = System.nanoTime();
    var line = new LogLine("decision", clock.instant());
    var serving = running;
    var reply = closed(serving.authorizer(), event, line);
    say(reply.outcome(), line.end());
    log.line(line.measure(Metric.LATENCY, (System.nanoTime() - began) / 1_000).toJson());
    serving.authorizer().afterwards();
    return switch (reply.outcome()) {
      case Outcome.Answered _ -> reply.bytes();
      case Outcome.Unauthorized() -> throw new UnauthorizedException();
      case Outcome.Failed(var code) -> throw new AuthorizerFailedException(code);
    };
  }

  /** What an event came to, with the bytes of an answer. */
  private record Reply(Outcome outcome, byte[] bytes) {
    static Reply of(Outcome outcome) {
      return new Reply(
          outcome,
          outcome instanceof Outcome.Answered(var answer, _) ? answer.toJson() : new byte[0]);
    }
  }

  private static Reply closed(Authorizer authorizer, byte[] event, LogLine line) {
    try {
      var outcome = authorizer.answer(event, line.begin(Phase.READ));
      line.begin(Phase.WRITE);
      return Reply.of(outcome);
    } catch (RuntimeException e) {
      return Reply.of(Bugs.outcome(e, line));
    }
  }

  private static void say(Outcome outcome, LogLine line) {
    switch (outcome) {
      case Outcome.Answered(_, var effect) ->
          line.put("outcome", "answered")
              .put("effect", effect.name())
              .measure(effect == Effect.ALLOW ? Metric.ALLOWED : Metric.DENIED, 1);
      case Outcome.Unauthorized() ->
          line.put("outcome", "unauthorized").measure(Metric.UNAUTHORIZED, 1);
      case Outcome.Failed(var code) ->
          line.put("outcome", "failed").put("reason", code).measure(Metric.FAILED, 1);
    }
  }
}
