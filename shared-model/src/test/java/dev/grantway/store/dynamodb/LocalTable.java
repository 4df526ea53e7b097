package dev.grantway.store.dynamodb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * A table of its own in a DynamoDB Local inside this process, without a socket, and what it was
 * asked.
 */
final class LocalTable implements AutoCloseable {
  private static final AmazonDynamoDBLocal LOCAL = DynamoDBEmbedded.create(true);

  final String name = "policy-" + UUID.randomUUID();
  private final DynamoDbClient real = LOCAL.dynamoDbClient();
  private final List<Call> calls = new ArrayList<>();
  final DynamoDbClient client =
      (DynamoDbClient)
          Proxy.newProxyInstance(
              DynamoDbClient.class.getClassLoader(),
              new Class<?>[] {DynamoDbClient.class},
              (proxy, method, arguments) -> {
                try {
                  Object answer = method.invoke(real, arguments);
                  count(answer);
                  return answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });

  /** A request that was answered, and the capacity units it took. */
  record Call(String operation, double units) {}

  LocalTable() {
    TableSetup.create(client, name);
    calls.clear();
  }

  private synchronized void count(Object answer) {
    switch (answer) {
      case GetItemResponse it -> calls.add(new Call("get", it.consumedCapacity().capacityUnits()));
      case QueryResponse it -> calls.add(new Call("query", it.consumedCapacity().capacityUnits()));
      case PutItemResponse it -> calls.add(new Call("put", it.consumedCapacity().capacityUnits()));
      case UpdateItemResponse it ->
          calls.add(new Call("update", it.consumedCapacity().capacityUnits()));
      case BatchWriteItemResponse it ->
          it.consumedCapacity().forEach(one -> calls.add(new Call("batch", one.capacityUnits())));
      case TransactWriteItemsResponse it ->
          it.consumedCapacity()
              .forEach(one -> calls.add(new Call("transact", one.capacityUnits())));
      default -> {}
    }
  }

  /** The same table, where the answer to every update of head's revision is lost on the way. */
  DynamoDbClient losingFlipAnswers() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(client, arguments);
                if (arguments != null
                    && arguments[0] instanceof UpdateItemRequest update
                    && update.updateExpression().contains("touched")) {
                  throw SdkClientException.create("connection reset");
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The same table, where the answer to every put is lost, so that the SDK repeats it. */
  DynamoDbClient repeatingPuts() {
    return before(
        request -> {
          if (request instanceof PutItemRequest put) {
            client.putItem(put);
          }
        });
  }

  /** The same table, where something is done before each request, which may be to fail. */
  DynamoDbClient before(Consumer<Object> each) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null) {
                each.accept(arguments[0]);
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What was asked since the last look. */
  synchronized List<Call> calls() {
    List<Call> since = List.copyOf(calls);
    calls.clear();
    return since;
  }

  DynamoPolicyRepository repository(Clock clock) {
    return new DynamoPolicyRepository(client, name, clock);
  }

  DynamoPolicyRepository repository(Clock clock, WriteHook hook) {
    return new DynamoPolicyRepository(client, name, clock, hook, DynamoPolicyRepository.PATIENCE);
  }

  DynamoPolicyRepository repository(Clock clock, WriteHook hook, Duration patience) {
    return new DynamoPolicyRepository(client, name, clock, hook, patience);
  }

  DynamoPolicyReader reader() {
    return new DynamoPolicyReader(client, name);
  }

  /** Every item there is, for tests that look for leftovers. */
  List<Item> everything() {
    var items = new ArrayList<Item>();
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      var page =
          real.scan(
              b -> {
                b.tableName(name).consistentRead(true);
                if (!from.isEmpty()) {
                  b.exclusiveStartKey(from);
                }
              });
      page.items().forEach(item -> items.add(new Item(item)));
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty());
    return items;
  }

  void put(Item item) {
    real.putItem(b -> b.tableName(name).item(item.attributes()));
  }

  void delete(String pk, String sk) {
    real.deleteItem(b -> b.tableName(name).key(Table.key(pk, sk)));
  }

  @Override
  public void close() {
    real.deleteTable(b -> b.tableName(name));
  }
}
