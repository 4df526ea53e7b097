package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Effect;
import dev.grantway.revision.Change;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.Progress;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Many items at the same time: all are there before anything is built on them, or none counts. */
class PutsTest {
  private static final int ROLES = 300;

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final AtomicInteger batches = new AtomicInteger();

  @AfterEach
  void close() {
    table.close();
  }

  /** The same table, where some batches fail. */
  private DynamoDbClient failing(SdkException why, int from, int to) {
    return table.before(
        request -> {
          if (request instanceof BatchWriteItemRequest) {
            int batch = batches.getAndIncrement();
            if (batch >= from && batch < to) {
              throw why;
            }
          }
        });
  }

  private static SdkException refused(String code, int status) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .statusCode(status)
        .build();
  }

  private static List<Change> turn() {
    var changes = new ArrayList<Change>();
    for (int r = 0; r < ROLES; r++) {
      String role = "r" + r;
      changes.add(SamplePolicy.add(SamplePolicy.permission("q" + r, role, "a", Effect.DENY, "/x")));
    }
    return changes;
  }

  @Test
  void oneBatchThatFailsStopsThePublish() {
    var repository = table.repository(clock);
    SamplePolicy.publish(repository, SamplePolicy.world(ROLES));
    var broken =
        new DynamoPolicyRepository(
            failing(refused("InternalServerError", 500), 4, 5), table.name, clock);
    assertThatThrownBy(() -> broken.publish(SamplePolicy.publication(broken, turn())))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageStartingWith("nothing was applied, revision 1 is in force: table `")
        .hasMessageContaining("InternalServerError");
    int sent = batches.get();
    assertThat(repository.head().revision()).isEqualTo(1);
    assertThat(repository.live().policy().permissions()).hasSize(ROLES);
    assertThat(SamplePolicy.publish(repository, turn())).isEqualTo(3);
    assertThat(batches).as("batches of the one that failed").hasValue(sent);
  }

  @Test
  void batchesThatAreThrottledAreSentAgain() {
    var repository = table.repository(clock);
    SamplePolicy.publish(repository, SamplePolicy.world(ROLES));
    var busy =
        new DynamoPolicyRepository(
            failing(refused("ProvisionedThroughputExceededException", 400), 2, 8),
            table.name,
            clock);
    assertThat(busy.publish(SamplePolicy.publication(busy, turn())))
        .isInstanceOf(PublishResult.Published.class);
    assertThat(repository.live().policy().permissions()).hasSize(2 * ROLES);
  }

  @Test
  void itemsOfManyBatchesAreAllThereOnceItHasEnded() {
    List<Long> told = new ArrayList<>();
    var plain = Table.of(table.client, table.name);
    try (var puts = new Puts(plain, told::add)) {
      for (int i = 0; i < 1_000; i++) {
        puts.put(Item.of("X#" + i % 7, "y" + i).text("body", "z".repeat(i)).build(), 2);
      }
      puts.end();
      assertThat(table.everything()).hasSize(1_002);
    }
    assertThat(told).hasSizeGreaterThan(30).isSorted().last().isEqualTo(2_000L);
  }

  @Test
  void progressIsToldOfEveryStepAndNeverGoesBack() {
    var repository = table.repository(clock);
    Map<String, List<Long>> heard = new LinkedHashMap<>();
    Progress progress =
        (step, done, total) -> {
          assertThat(done).as(step).isBetween(0L, total);
          heard.computeIfAbsent(step, it -> new ArrayList<>()).add(done);
        };
    assertThat(
            repository.publish(
                SamplePolicy.publication(repository, SamplePolicy.world(2_500)), progress))
        .isInstanceOf(PublishResult.Published.class);
    assertThat(heard.keySet()).containsExactly("checking", "logging", "writing", "committing");
    heard.forEach((step, done) -> assertThat(done).as(step).isSorted());
    assertThat(heard.get("checking")).hasSize(12).startsWith(0L, 1_000L).endsWith(9_001L, 10_001L);
    assertThat(heard.get("logging")).hasSizeGreaterThan(1).last().isEqualTo(5_001L);
    assertThat(heard.get("writing")).hasSizeGreaterThan(10);
  }
}
