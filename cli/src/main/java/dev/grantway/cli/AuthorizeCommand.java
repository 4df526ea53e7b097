package dev.grantway.cli;

import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code authorize}: hands events to the real authorizer and prints what it answers. */
@Command(
    name = "authorize",
    description = "Answer authorizer events as the deployed function would.")
final class AuthorizeCommand implements Callable<Integer> {
  private final Console console;

  @SuppressWarnings("UnusedVariable") // picocli reads its options
  @Mixin
  private Common common = new Common();

  @ArgGroup(multiplicity = "1")
  private Events events = new Events();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "serve this policy file in place of a table")
  private @Nullable Path policy;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "a JSON object in place of the environment's GRANTWAY_* names")
  private @Nullable Path config;

  @Option(names = "--now", paramLabel = "T", description = "the time; the clock's by default")
  private @Nullable String now;

  @Option(
      names = "--table",
      paramLabel = "URL",
      description = "where DynamoDB answers; the region's own endpoint by default")
  private @Nullable String table;

  /** One event or many. */
  static final class Events {
    @Option(names = "--event", paramLabel = "FILE", description = "one event")
    private @Nullable Path event;

    @Option(names = "--events", paramLabel = "FILE.jsonl", description = "one event per line")
    private @Nullable Path lines;

    List<byte[]> read() {
      return event != null
          ? List.of(Inputs.bytes(event))
          : EventLines.split(Inputs.bytes(lines == null ? Path.of("") : lines));
    }
  }

  AuthorizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<byte[]> given = events.read();
    Clock clock = now == null ? console.clock() : Clock.fixed(Inputs.instant(now), ZoneOffset.UTC);
    Map<String, String> settings =
        config == null ? System.getenv() : Settings.of(Inputs.text(config));
    AuthorizerHandler handler = handler(settings, clock);
    int exit = ExitCode.DONE;
    for (byte[] event : given) {
      exit = Math.max(exit, answer(handler, event));
    }
    return exit;
  }

  private int answer(AuthorizerHandler handler, byte[] event) {
    try {
      console.answer(RuntimeAnswer.of(handler.answer(event)));
      return ExitCode.DONE;
    } catch (RuntimeException refused) {
      console.answer(RuntimeAnswer.error(refused));
      return ExitCode.NO;
    }
  }

  private AuthorizerHandler handler(Map<String, String> settings, Clock clock) {
    try {
      return new AuthorizerHandler(settings, reader(settings, clock), clock, console::say);
    } catch (ConfigurationException wrong) {
      throw new InputException(String.join("\n", wrong.problems()));
    }
  }

  private PolicyReader reader(Map<String, String> settings, Clock clock) {
    if (policy != null) {
      return InMemoryPolicy.of(Inputs.policy(policy, console).policy(), clock);
    }
    String name = settings.getOrDefault("GRANTWAY_TABLE", "");
    if (name.isEmpty()) {
      throw new InputException(
          "there is no policy to answer from: give --policy FILE, or set `GRANTWAY_TABLE`");
    }
    var environment = new HashMap<>(System.getenv());
    if (table != null) {
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", table);
      environment.putIfAbsent("AWS_REGION", "us-east-1");
    }
    try {
      return new DynamoPolicyReader(DynamoClients.create(environment), name);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
  }
}
