package dev.grantway.sandbox.table;

import dev.grantway.policy.Effect;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.store.StoreException;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.WriteHook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A publisher in a process of its own, to be killed or stopped. Arguments: the table's address, the
 * effect that its 200 permissions have, the file of its {@link AheadClock} and how long it may take
 * (ISO duration). Prints how it ended.
 */
final class PublisherMain {
  static final Turning WORLD = new Turning(40, 5);

  private PublisherMain() {}

  public static void main(String[] args) {
    var clock = new AheadClock(Path.of(args[2]));
    try (var client =
        DynamoClients.create(
            Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB", args[0]),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120))) {
      var repository =
          new DynamoPolicyRepository(
              client, Turning.TABLE, clock, WriteHook.NONE, Duration.parse(args[3]));
      var changes = WORLD.turns(Effect.valueOf(args[1]));
      System.out.println(told(repository.publish(Turning.on(repository, changes))));
    } catch (StoreException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }

  private static String told(PublishResult result) {
    return switch (result) {
      case PublishResult.Published(var revision) -> "published " + revision.number();
      case PublishResult.Conflict conflict ->
          "conflict with " + conflict.head() + ", disputed: " + conflict.disputes().size();
      case PublishResult.Refused(var findings) ->
          "refused " + findings.stream().map(Refusal::code).toList();
    };
  }
}
