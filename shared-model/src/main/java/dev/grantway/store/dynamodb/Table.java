package dev.grantway.store.dynamodb;

import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * One table: strongly consistent reads, and writes that are seen by a hook and stop at a deadline.
 * What the SDK throws leaves it as {@link StoreException.Unavailable}.
 */
final class Table {
  /** Why a transaction is cancelled that another writer was faster than. */
  private static final Set<String> REFUSED =
      Set.of("ConditionalCheckFailed", "TransactionConflict");

  static final int BATCH = 25;

  /** How often a batch of which nothing is taken is sent, which takes about a minute in all. */
  private static final int MOST_IN_VAIN = 60;

  private final DynamoDbClient client;
  private final String name;
  private final WriteHook hook;
  private final @Nullable Deadline deadline;
  private final int batch;

  private Table(
      DynamoDbClient client, String name, WriteHook hook, @Nullable Deadline deadline, int batch) {
    this.client = client;
    this.name = name;
    this.hook = hook;
    this.deadline = deadline;
    this.batch = batch;
  }

  static Table of(DynamoDbClient client, String name) {
    return new Table(client, name, WriteHook.NONE, null, BATCH);
  }

  /** The same table with a hook, which then sees every item on its own: no batches. */
  Table watchedBy(WriteHook other) {
    return new Table(client, name, other, deadline, other.equals(WriteHook.NONE) ? BATCH : 1);
  }

  /** Whether a hook sees every item. */
  boolean isWatched() {
    return !hook.equals(WriteHook.NONE);
  }

  /** The same table, which sends nothing at or after that. */
  Table until(Deadline other) {
    return new Table(client, name, hook, other, batch);
  }

  String name() {
    return name;
  }

  /** Some items of a query and where to go on. */
  record Found(List<Item> items, Map<String, AttributeValue> next) {
    boolean more() {
      return !next.isEmpty();
    }
  }

  /** What to ask of one partition, in the order of sort keys; both ends belong to it. */
  record Range(String pk, String from, String to, int limit, boolean descending) {
    Range(String pk, String from, String to) {
      this(pk, from, to, 0, false);
    }

    Range first(int count) {
      return new Range(pk, from, to, count, descending);
    }

    Range last(int count) {
      return new Range(pk, from, to, count, true);
    }
  }

  Optional<Item> get(String pk, String sk) {
    var request =
        GetItemRequest.builder()
            .tableName(name)
            .key(key(pk, sk))
            .consistentRead(true)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .build();
    var answer = call(() -> client.getItem(request));
    return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
  }

  /** One page of a strongly consistent query. */
  Found query(Range range, Map<String, AttributeValue> start) {
    var request =
        QueryRequest.builder()
            .tableName(name)
            .keyConditionExpression("pk = :p AND sk BETWEEN :a AND :b")
            .expressionAttributeValues(
                Map.of(
                    ":p", AttributeValue.fromS(range.pk()),
                    ":a", AttributeValue.fromS(range.from()),
                    ":b", AttributeValue.fromS(range.to())))
            .consistentRead(true)
            .scanIndexForward(!range.descending())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (range.limit() > 0) {
      request.limit(range.limit());
    }
    if (!start.isEmpty()) {
      request.exclusiveStartKey(start);
    }
    var answer = call(() -> client.query(request.build()));
    return new Found(answer.items().stream().map(Item::new).toList(), answer.lastEvaluatedKey());
  }

  /** All pages of a query. */
  List<Item> all(Range range) {
    var items = new ArrayList<Item>();
    each(range, items::add);
    return items;
  }

  /** All items of a query, a page at a time. */
  void each(Range range, Consumer<Item> visit) {
    Found found = query(range, Map.of());
    found.items().forEach(visit);
    while (found.more()) {
      found = query(range, found.next());
      found.items().forEach(visit);
    }
  }

  void put(Item item) {
    write(item.pk(), item.sk(), () -> client.putItem(putRequest(item).build()));
  }

  /**
   * Puts if the condition holds, which may use the values and {@code #s} for {@code state}. True
   * also where this very item is there: the SDK repeats a put whose answer was lost, and the first
   * one has ended the condition.
   */
  boolean putIf(Item item, String condition, Map<String, AttributeValue> values) {
    var request =
        putRequest(item)
            .conditionExpression(condition)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (condition.contains("#s")) {
      request.expressionAttributeNames(Map.of("#s", "state"));
    }
    if (!values.isEmpty()) {
      request.expressionAttributeValues(values);
    }
    return conditional(
        item.pk(), item.sk(), item.attributes()::equals, () -> client.putItem(request.build()));
  }

  /** Puts if nothing is there yet. */
  boolean putNew(Item item) {
    return putIf(item, "attribute_not_exists(pk)", Map.of());
  }

  /** Updates if the condition holds. */
  boolean updateIf(
      String pk, String sk, String update, String condition, Map<String, AttributeValue> values) {
    var request = updateRequest(pk, sk, update, values).conditionExpression(condition);
    withNames(request, update + condition);
    return conditional(pk, sk, there -> false, () -> client.updateItem(request.build()));
  }

  /** Adds to a number and returns it. */
  long add(String pk, String sk, String attribute, long amount) {
    var request =
        updateRequest(
                pk, sk, "ADD #n :n", Map.of(":n", AttributeValue.fromN(Long.toString(amount))))
            .expressionAttributeNames(Map.of("#n", attribute))
            .returnValues(ReturnValue.UPDATED_NEW)
            .build();
    var answer = write(pk, sk, () -> client.updateItem(request));
    return new Item(answer.attributes()).number(attribute);
  }

  /** Puts in any order, each at least once, none conditionally. */
  void putAll(List<Item> items) {
    writeAll(
        items,
        item ->
            WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item.attributes()).build())
                .build());
  }

  void deleteAll(List<Item> items) {
    writeAll(
        items,
        item ->
            WriteRequest.builder()
                .deleteRequest(DeleteRequest.builder().key(key(item.pk(), item.sk())).build())
                .build());
  }

  /** All or none of the writes; false if a condition did not hold or another writer was at it. */
  boolean transact(String pk, String sk, List<TransactWriteItem> writes) {
    before(pk, sk);
    try {
      call(
          () ->
              client.transactWriteItems(
                  b -> {
                    b.transactItems(writes);
                    b.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
                    b.overrideConfiguration(override());
                  }));
    } catch (StoreException.Unavailable e) {
      if (e.getCause() instanceof TransactionCanceledException cancelled
          && cancelled.cancellationReasons().stream()
              .anyMatch(reason -> REFUSED.contains(String.valueOf(reason.code())))) {
        return false;
      }
      throw e;
    }
    hook.after(pk, sk);
    return true;
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  private void writeAll(List<Item> items, Function<Item, WriteRequest> toRequest) {
    for (int start = 0; start < items.size(); start += batch) {
      List<Item> some = items.subList(start, Math.min(items.size(), start + batch));
      some.forEach(item -> before(item.pk(), item.sk()));
      writeBatch(some.stream().map(toRequest).toList());
      some.forEach(item -> hook.after(item.pk(), item.sk()));
    }
  }

  private void writeBatch(List<WriteRequest> writes) {
    List<WriteRequest> left = writes;
    int inVain = 0;
    while (!left.isEmpty()) {
      checkDeadline();
      List<WriteRequest> unprocessed = unprocessed(left, inVain < MOST_IN_VAIN);
      inVain = unprocessed.size() < left.size() ? 0 : inVain + 1;
      left = unprocessed;
      if (!left.isEmpty()) {
        pause(inVain);
      }
    }
  }

  /** What of a batch the table had no capacity for; it may say so of all of it by an error. */
  private List<WriteRequest> unprocessed(List<WriteRequest> writes, boolean isPatient) {
    var request =
        BatchWriteItemRequest.builder()
            .requestItems(Map.of(name, writes))
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
            .overrideConfiguration(override())
            .build();
    try {
      var answer = call(() -> client.batchWriteItem(request));
      List<WriteRequest> left = answer.unprocessedItems().getOrDefault(name, List.of());
      if (left.size() == writes.size() && !isPatient) {
        throw new StoreException.Unavailable("table `" + name + "` keeps throttling writes", null);
      }
      return left;
    } catch (StoreException.Unavailable e) {
      if (isPatient
          && e.getCause() instanceof SdkServiceException busy
          && busy.isThrottlingException()) {
        return writes;
      }
      throw e;
    }
  }

  /** Short after a batch of which some was taken, longer while nothing is. */
  private static void pause(int inVain) {
    long most = Math.min(1_000, 50L << Math.min(inVain, 5));
    LockSupport.parkNanos(1_000_000L * ThreadLocalRandom.current().nextLong(most / 2, most));
  }

  private PutItemRequest.Builder putRequest(Item item) {
    return PutItemRequest.builder()
        .tableName(name)
        .item(item.attributes())
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .overrideConfiguration(override());
  }

  private UpdateItemRequest.Builder updateRequest(
      String pk, String sk, String update, Map<String, AttributeValue> values) {
    return UpdateItemRequest.builder()
        .tableName(name)
        .key(key(pk, sk))
        .updateExpression(update)
        .expressionAttributeValues(values)
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .overrideConfiguration(override());
  }

  private static void withNames(UpdateItemRequest.Builder request, String expressions) {
    var names = new HashMap<String, String>();
    Map.of("#rev", "rev", "#hash", "hash", "#at", "at", "#s", "state", "#n", "name")
        .forEach(
            (placeholder, attribute) -> {
              if (expressions.matches("(?s).*" + placeholder + "\\b.*")) {
                names.put(placeholder, attribute);
              }
            });
    if (!names.isEmpty()) {
      request.expressionAttributeNames(names);
    }
  }

  private AwsRequestOverrideConfiguration override() {
    var builder = AwsRequestOverrideConfiguration.builder();
    if (deadline != null) {
      builder.putExecutionAttribute(Deadline.ATTRIBUTE, deadline);
    }
    return builder.build();
  }

  private void before(String pk, String sk) {
    hook.before(pk, sk);
    checkDeadline();
  }

  private void checkDeadline() {
    if (deadline != null) {
      deadline.check();
    }
  }

  private <T> T write(String pk, String sk, Supplier<T> request) {
    before(pk, sk);
    T answer = call(request);
    hook.after(pk, sk);
    return answer;
  }

  private boolean conditional(
      String pk, String sk, Predicate<Map<String, AttributeValue>> isOurs, Supplier<?> request) {
    try {
      write(pk, sk, request);
      return true;
    } catch (StoreException.Unavailable e) {
      if (e.getCause() instanceof ConditionalCheckFailedException failed) {
        return isOurs.test(failed.item());
      }
      throw e;
    }
  }

  private <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      if (e.getCause() instanceof Deadline.Passed passed) {
        throw passed;
      }
      throw new StoreException.Unavailable("table `" + name + "` " + whatHappened(e), e);
    }
  }

  private static String whatHappened(SdkException e) {
    return switch (e) {
      case ResourceNotFoundException _ -> "does not exist: set it up, or correct its name";
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          "did not answer in time: try again, and look at its load if it stays so";
      case SdkServiceException busy when busy.isThrottlingException() ->
          "is asked for more than it may do: try again in a moment, or raise its capacity";
      case AwsServiceException refused when code(refused).isPresent() ->
          "refused with `" + code(refused).get() + "`: look that code up";
      case SdkServiceException refused -> "refused with HTTP status " + refused.statusCode();
      default -> "cannot be reached: see that it runs, and that its address and region are right";
    };
  }

  private static Optional<String> code(AwsServiceException refused) {
    return Optional.ofNullable(refused.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }
}
