package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Assignment;
import dev.grantway.review.Answer;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.Counts;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.KeptAnswers;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.PinnedSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The partitions that IAM policies name are those that each part really asks for. */
class PartitionsTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final List<Asked> asked = new ArrayList<>();
  private final DynamoDbClient watched = table.before(this::note);

  /** One item that was asked for or written: IAM's action and the partition. */
  private record Asked(String action, String partition) {}

  @AfterEach
  void close() {
    table.close();
  }

  private synchronized void note(Object request) {
    switch (request) {
      case GetItemRequest it -> note("GetItem", it.key());
      case QueryRequest it ->
          note("Query", Map.of("pk", value(it.expressionAttributeValues(), ":p")));
      case PutItemRequest it -> note("PutItem", it.item());
      case UpdateItemRequest it -> note("UpdateItem", it.key());
      case BatchWriteItemRequest it ->
          it.requestItems().values().stream().flatMap(List::stream).forEach(this::note);
      case TransactWriteItemsRequest it -> it.transactItems().forEach(this::note);
      case DynamoDbRequest it -> throw new AssertionError("no policy allows " + it);
      default -> {}
    }
  }

  private void note(WriteRequest it) {
    note(
        "BatchWriteItem",
        it.putRequest() != null ? it.putRequest().item() : it.deleteRequest().key());
  }

  private void note(TransactWriteItem it) {
    if (it.put() != null) {
      note("PutItem", it.put().item());
    }
    if (it.update() != null) {
      note("UpdateItem", it.update().key());
    }
    if (it.conditionCheck() != null) {
      note("ConditionCheckItem", it.conditionCheck().key());
    }
    if (it.delete() != null) {
      note("DeleteItem", it.delete().key());
    }
  }

  private void note(String action, Map<String, AttributeValue> key) {
    asked.add(new Asked(action, value(key, "pk").s()));
  }

  private static AttributeValue value(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private Set<String> partitions(String... actions) {
    return asked.stream()
        .filter(it -> List.of(actions).contains(it.action()))
        .map(Asked::partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean matches(String pattern, String partition) {
    return pattern.endsWith("*")
        ? partition.startsWith(pattern.substring(0, pattern.length() - 1))
        : partition.equals(pattern);
  }

  /** Each partition is named by a pattern. */
  private static void assertNamed(Set<String> partitions, List<String> patterns) {
    assertThat(partitions)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(patterns).as(it).anyMatch(pattern -> matches(pattern, it)));
  }

  /** And each pattern is needed. */
  private static void assertExactly(Set<String> partitions, List<String> patterns) {
    assertNamed(partitions, patterns);
    assertThat(patterns)
        .allSatisfy(
            pattern -> assertThat(partitions).as(pattern).anyMatch(it -> matches(pattern, it)));
  }

  private Heartbeat beat() {
    return new Heartbeat(
        "0123456789abcdef",
        "a",
        "prod",
        clock.instant(),
        1,
        true,
        "token",
        Duration.ofSeconds(300),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        8_192,
        Optional.empty(),
        Set.of());
  }

  @Test
  void anAuthorizerAsksForItsPartitionsAndForEachOfThem() {
    publish(table.repository(clock), SamplePolicy.world(2));
    var reader = new DynamoPolicyReader(watched, table.name);
    Head head = reader.head();
    reader.slice(name("r0"), id("a"), head);
    reader.api(id("a"), head);
    reader.subjects("corp", "alice", head);
    reader.clients("corp", head);
    reader.groups("corp", head);
    reader.revocations(0);
    reader.heartbeats().report(beat());
    assertExactly(partitions("GetItem", "Query"), Partitions.READ_BY_AUTHORIZERS);
    assertThat(partitions("PutItem")).containsExactlyElementsOf(Partitions.WRITTEN_BY_AUTHORIZERS);
    assertThat(partitions("UpdateItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem"))
        .isEmpty();
  }

  /** All that the app does of itself; what it deletes are its own notes. */
  private void work(DynamoPolicyRepository repository) {
    publish(repository, SamplePolicy.world(2));
    publish(
        repository, add(new Assignment(name("r0"), "corp", Assignment.Kind.SUBJECT, "zoë", null)));
    publish(repository, add(allow("more", "r0", "a")));
    repository.revoke(DraftsTest.revocation("t1"));
    DraftRepository drafts = repository.drafts();
    Draft draft = drafts.create("d", "ana");
    drafts.append(
        draft,
        new DraftStep.Edit(clock.instant(), "ana", "e", List.of(remove(allow("more", "r0", "a")))));
    drafts.rename(draft.id(), "e");
    drafts.choose("ana", draft.id());
    var due = new DraftRepository.Due(clock.instant(), draft.id());
    drafts.schedule(due);
    drafts.unschedule(due);
    drafts.setState(draft.id(), Draft.State.DISCARDED);
    var rows = List.of(new Membership("corp", "alice", "staff"));
    repository.memberships().add(new MembershipList(clock.instant(), "ana", rows));
    repository.memberships().add(new MembershipList(clock.instant(), "ana", rows));
    repository.pinnedSets().save("ana", new PinnedSet("mine", List.of(name("r0"))));
    repository.pinnedSets().delete("ana", "mine");
    var call = new KeptAnswers.Call("ana", "k", "p");
    repository.keptAnswers().take(call, clock.instant());
    repository.keptAnswers().take(call, clock.instant());
    repository.keptAnswers().lose(call, clock.instant());
    repository.keptAnswers().keep(call, clock.instant(), KeptAnswersTest.ANSWER);
    repository.keptAnswers().forget(call);
    AccessReviews reviews = repository.reviews();
    reviews.addLines(ReviewsTest.ID, ReviewsTest.lines(1, 250));
    reviews.create(ReviewsTest.campaign(ReviewsTest.ID, 250));
    reviews.answer(ReviewsTest.ID, List.of(ReviewsTest.said(1, 1, Answer.KEEP, "ben")));
    reviews.begin(
        ReviewsTest.ID, new Closing("olga", clock.instant(), "d"), reviews.tally(ReviewsTest.ID));
    reviews.addReport(ReviewsTest.ID, 0, List.of("{}"), true);
    reviews.end(ReviewsTest.ID, new Closed(clock.instant(), "", Counts.NONE, ""));
    repository.usage().put(UsageLogTest.day(UsageLogTest.DAY, "a.jsonl", 3));
    repository.usage().put(UsageLogTest.day(UsageLogTest.DAY, "a.jsonl", 3));
    repository.wiredStages().connect(WiredStagesTest.STAGE);
    repository
        .wiredStages()
        .takeTurn(
            WiredStagesTest.STAGE.api(),
            WiredStagesTest.STAGE.stage(),
            clock.instant(),
            clock.instant().plusSeconds(60));
    repository.wiredStages().disconnect(WiredStagesTest.STAGE);
    new DynamoActivity(watched, table.name, clock)
        .append(ActivityEntry.clipped("ana", ActivityKind.SIGN_IN, "ana", Map.of()));
  }

  @Test
  void theAppChangesAndBatchesOnlyWhatItMayAndNoRecord() {
    work(new DynamoPolicyRepository(watched, table.name, clock, false));
    assertNamed(partitions("UpdateItem"), Partitions.CHANGED_IN_PLACE);
    assertNamed(partitions("BatchWriteItem"), Partitions.batchedByAdmin());
    assertThat(Stream.of("REVS", "REVAT", "ACT", "REVIEWS", "REVIEW#" + ReviewsTest.ID, "WIRED"))
        .isSubsetOf(partitions("PutItem"));
    assertThat(partitions("PutItem")).doesNotContainAnyElementsOf(Partitions.ONLY_UPDATED);
    assertThat(partitions("DeleteItem")).isEmpty();
  }

  @Test
  void upkeepDeletesBundlesAndTheRecordsOfPublishesThatNeverWere() {
    var repository = new DynamoPolicyRepository(watched, table.name, clock);
    work(repository);
    for (int write = 3; write < 9; write++) {
      int dead = write;
      assertThatThrownBy(
              () ->
                  publish(
                      table.repository(clock, Crash.before(dead)),
                      add(allow("dead" + dead, "r0", "a"))))
          .isInstanceOf(Crash.class);
      publish(repository, add(allow("alive" + dead, "r0", "a")));
    }
    repository.memberships().add(new MembershipList(clock.instant(), "ana", List.of()));
    publish(repository, add(allow("last", "r0", "a")));
    clock.move(Duration.ofHours(30));
    asked.clear();
    repository.recover();
    repository.sweep();
    repository.keepFrom(repository.head().revision());
    var patterns = new ArrayList<>(Partitions.BUNDLES);
    patterns.addAll(Partitions.SWEPT_RECORDS);
    assertNamed(partitions("BatchWriteItem"), patterns);
    assertThat(partitions("BatchWriteItem")).containsAll(Partitions.SWEPT_RECORDS);
    assertNamed(partitions("UpdateItem"), Partitions.CHANGED_IN_PLACE);
  }

  @Test
  void aPublishSweepsManyLeftoversUnlessItMayNotDelete() {
    publish(table.repository(clock), SamplePolicy.world(2));
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(
              () -> publish(table.repository(clock, Crash.before(1)), add(allow("x", "r0", "a"))))
          .isInstanceOf(Crash.class);
    }
    publish(table.repository(clock), add(allow("first", "r0", "a")));
    int before = table.everything().size();
    publish(
        new DynamoPolicyRepository(watched, table.name, clock, false),
        add(allow("second", "r0", "a")));
    assertThat(table.everything().size() - before).as("a publish alone").isLessThan(50);
    publish(table.repository(clock), add(allow("third", "r0", "a")));
    assertThat(table.everything().size() - before).as("with 200 gaps swept").isGreaterThan(200);
  }
}
