package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.Fault;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Verification;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.store.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Records are changed, dropped, reordered, inserted and truncated in the table itself; verifying
 * names the first bad one, or says what it cannot see.
 */
class VerifyTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final DynamoActivity log = new DynamoActivity(table.client, table.name, clock);
  private final DynamoActivity other = new DynamoActivity(table.client, table.name, clock);
  private final Ed25519Signer signer = Ed25519Signer.generate();
  private final List<SignedCheckpoint> outside = new ArrayList<>();
  private final List<ActivityRecord> first = new ArrayList<>();
  private final List<ActivityRecord> second = new ArrayList<>();

  @AfterEach
  void close() {
    table.close();
  }

  /** Four revisions, two writers with five records each, two checkpoints and their copies. */
  private void history() {
    publish(repository, add(api("a")), add(role("clerk")));
    publish(repository, add(allow("p", "clerk", "a")));
    write(3);
    checkpoint();
    publish(repository, add(allow("q", "clerk", "a")));
    clock.move(Duration.ofDays(1));
    write(2);
    publish(repository, add(allow("r", "clerk", "a")));
    checkpoint();
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      first.add(log.append(ActivityTest.entry("of one, " + i)));
      clock.move(Duration.ofSeconds(1));
      second.add(other.append(ActivityTest.entry("of the other, " + i)));
      clock.move(Duration.ofSeconds(1));
    }
  }

  private void checkpoint() {
    Head head = repository.head();
    var last = log.lastCheckpoint();
    var checkpoint =
        new Checkpoint(
            last.map(it -> it.checkpoint().number()).orElse(0L) + 1,
            clock.instant(),
            head.revision(),
            head.hash(),
            log.tips(clock.instant().minus(Duration.ofHours(1))),
            last.map(SignedCheckpoint::hash).orElse(Revision.NO_HASH));
    SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, signer);
    assertThat(log.add(signed)).isTrue();
    outside.add(signed);
    clock.move(Duration.ofSeconds(1));
  }

  private AuditReport verify(List<SignedCheckpoint> copies) {
    return Verification.of(
        new DynamoAudit(table.client, table.name, clock), Set.of(signer.key()), copies);
  }

  /** What is found without copies outside. */
  private List<Fault> inside() {
    return verify(List.of()).faults();
  }

  private List<Fault> withCopies() {
    return verify(outside).faults();
  }

  private Item item(String pk, String part) {
    return table.everything().stream()
        .filter(it -> it.pk().equals(pk) && it.sk().contains(part))
        .findFirst()
        .orElseThrow();
  }

  private Item item(ActivityRecord record) {
    return item(Keys.activity(Keys.day(record.at())), Keys.activityRecord(record));
  }

  private Item revision(long number) {
    return item(Keys.REVISIONS, Keys.digits(number));
  }

  private static Item with(Item item, String name, String value) {
    var attributes = new HashMap<>(item.attributes());
    attributes.put(name, AttributeValue.fromS(value));
    return new Item(attributes);
  }

  private void change(Item item, UnaryOperator<String> body) {
    String changed = body.apply(item.text("body"));
    assertThat(changed).isNotEqualTo(item.text("body"));
    table.put(with(item, "body", changed));
  }

  private void drop(Item item) {
    table.delete(item.pk(), item.sk());
  }

  private static String names(ActivityRecord record) {
    return "activity " + record.writer() + " " + record.seq();
  }

  private static void assertFirst(List<Fault> faults, String record, String why) {
    assertThat(faults).as("a fault").isNotEmpty();
    assertThat(faults.getFirst().record()).as("%s", faults).isEqualTo(record);
    assertThat(faults.getFirst().why()).contains(why);
  }

  @Test
  void whatIsUntouchedIsGood() {
    history();
    AuditReport report = verify(outside);
    assertThat(report.faults()).isEmpty();
    assertThat(report.revisions()).isEqualTo(4);
    assertThat(report.changes()).isEqualTo(5);
    assertThat(report.activities()).isEqualTo(10);
    assertThat(report.writers()).isEqualTo(2);
    assertThat(report.checkpoints()).isEqualTo(2);
    assertThat(report.unproved()).anySatisfy(it -> assertThat(it).contains("0 activity records"));
  }

  @Test
  void anEmptyTableIsGood() {
    assertThat(inside()).isEmpty();
  }

  @Test
  void aDeadPublishersLeftoversAreNoFault() {
    history();
    for (String sk : List.of("0000000005", "0000000006")) {
      table.put(with(revision(4), "sk", sk));
    }
    assertThat(withCopies()).as("above head").isEmpty();
  }

  @Test
  void aBundleSaysTheSameAsTheTable() {
    history();
    var lines = new ArrayList<String>();
    new DynamoAudit(table.client, table.name, clock).each(it -> lines.add(AuditLines.write(it)));
    assertThat(verifyLines(lines)).isEmpty();
    assertFirst(verifyLines(lines.subList(0, lines.size() - 1)), "the end", "cut off");
    var cut = new ArrayList<>(lines);
    cut.remove(lines.size() - 2);
    assertFirst(verifyLines(cut), names(second.getLast()), "missing, though checkpoint 2");
    assertThatThrownBy(() -> verifyLines(lines.subList(1, lines.size())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Fault> verifyLines(List<String> lines) {
    return Verification.of(
            visit -> lines.forEach(line -> visit.accept(AuditLines.read(line))),
            Set.of(),
            List.of())
        .faults();
  }

  @Test
  void aChangedActivityRecordIsNamed() {
    history();
    change(item(first.get(1)), body -> body.replace("ana", "eve"));
    assertFirst(inside(), names(first.get(1)), "its hash is another");
    assertThat(inside()).hasSize(1);
  }

  @Test
  void aRecordChangedTogetherWithItsHashIsNamedByTheNext() {
    history();
    ActivityRecord it = first.get(1);
    table.put(DynamoActivity.item(forged(it, it.previousHash())));
    assertFirst(inside(), names(it), "not the one that record 3 was written after");
  }

  private static ActivityRecord forged(ActivityRecord it, String previous) {
    return new ActivityRecord(
        it.writer(), it.seq(), it.at(), ActivityTest.entry("forged " + it.seq()), previous);
  }

  @Test
  void aDroppedRecordIsNamed() {
    history();
    drop(item(second.get(2)));
    assertFirst(inside(), names(second.get(2)), "missing before the record of");
    drop(item(second.get(1)));
    assertFirst(
        inside(),
        "activity " + second.getFirst().writer() + " 2 to 3",
        "missing before the record");
  }

  @Test
  void aDroppedFirstRecordAndADroppedDayAreNamed() {
    history();
    drop(item(first.getFirst()));
    assertFirst(inside(), names(first.getFirst()), "missing before the record of");
    table.put(DynamoActivity.item(first.getFirst()));
    drop(item(Keys.ACTIVITY, Keys.day(first.getFirst().at())));
    assertThat(inside())
        .extracting(Fault::record)
        .contains("activity " + first.getFirst().writer() + " 1 to 3");
  }

  @Test
  void swappedRecordsAreNamed() {
    history();
    Item one = item(first.get(0));
    Item two = item(first.get(1));
    table.put(with(with(one, "body", two.text("body")), "hash", two.text("hash")));
    table.put(with(with(two, "body", one.text("body")), "hash", one.text("hash")));
    assertFirst(inside(), names(first.get(1)), "not in its place");
  }

  @Test
  void anInsertedRecordIsNamed() {
    history();
    ActivityRecord it = first.get(1);
    var inserted =
        new ActivityRecord(
            it.writer(),
            it.seq() + 1,
            it.at().plusMillis(1),
            ActivityTest.entry("inserted"),
            it.hash());
    table.put(DynamoActivity.item(inserted));
    assertFirst(inside(), names(first.get(2)), "not the one that checkpoint 1 knows");
    assertThat(inside().get(1).toString())
        .startsWith(names(first.get(2)))
        .endsWith("is there twice or out of order");
  }

  @Test
  void truncatedChainsAreCaughtByCheckpointsAndWithoutThemSaidToBeUnseen() {
    history();
    drop(item(first.get(4)));
    assertFirst(inside(), names(first.get(4)), "missing, though checkpoint 2 names it");
    // Whoever removes the records removes the checkpoints too: only copies outside can tell.
    drop(item(Keys.CHECKPOINTS, "2"));
    AuditReport without = verify(List.of());
    assertThat(without.faults()).isEmpty();
    assertThat(without.unproved().getFirst()).contains("removed from the end of a chain");
    assertThat(withCopies())
        .extracting(Fault::toString)
        .anySatisfy(it -> assertThat(it).contains("outside checkpoint 2: is not here any more"))
        .anySatisfy(
            it -> assertThat(it).contains(names(first.get(4)) + ": is missing, though outside"));
  }

  @Test
  void whatCameAfterTheLastCopyIsCounted() {
    history();
    write(2);
    drop(item(second.get(6)));
    AuditReport report = verify(outside);
    assertThat(report.faults()).isEmpty();
    assertThat(report.unproved().getFirst()).contains("0 revision numbers and 3 activity records");
  }

  @Test
  void anActivityChainRecomputedFromAChangeOnIsCaughtByTheCopiesOutside() {
    history();
    String previous = first.get(1).previousHash();
    for (ActivityRecord it : first.subList(1, first.size())) {
      ActivityRecord forged = forged(it, previous);
      table.put(DynamoActivity.item(forged));
      previous = forged.hash();
    }
    assertFirst(inside(), names(first.get(2)), "not the one that checkpoint 1 knows");
    // Somebody who holds the table, but not the key, leaves no checkpoint at all.
    drop(item(Keys.CHECKPOINTS, "1"));
    drop(item(Keys.CHECKPOINTS, "2"));
    assertThat(inside()).isEmpty();
    assertThat(withCopies())
        .extracting(Fault::toString)
        .anySatisfy(it -> assertThat(it).contains("is not the one that outside checkpoint 2"));
    // Not even somebody who holds both can make the copies agree.
    forgeCheckpoints();
    assertThat(inside()).isEmpty();
    assertFirst(withCopies(), "checkpoint 1", "not the one that was copied outside");
  }

  private void forgeCheckpoints() {
    String previous = Revision.NO_HASH;
    for (SignedCheckpoint copy : outside) {
      Checkpoint it = copy.checkpoint();
      var chains = new TreeMap<>(it.chains());
      chains.putAll(log.tips(first.getFirst().at()));
      var forged =
          new Checkpoint(it.number(), it.at(), it.revision(), it.revisionHash(), chains, previous);
      SignedCheckpoint signed = SignedCheckpoint.sign(forged, signer);
      assertThat(log.add(signed)).isTrue();
      previous = signed.hash();
    }
  }

  @Test
  void aChangedRevisionRecordIsNamed() {
    history();
    change(revision(2), body -> body.replace("\"reason\":\"", "\"reason\":\"not "));
    drop(item(Keys.CHECKPOINTS, "1"));
    drop(item(Keys.CHECKPOINTS, "2"));
    assertFirst(inside(), "revision 2", "not the one that revision 3 was published on");
    change(revision(4), body -> body.replace("\"reason\":\"", "\"reason\":\"not "));
    assertThat(inside().getLast().toString())
        .isEqualTo("revision 4: its record is not the one that head names: changed");
  }

  @Test
  void droppedAndInsertedRevisionsAreNamed() {
    history();
    Item two = revision(2);
    drop(two);
    assertFirst(inside(), "revision 2", "missing: revision 3 follows it");
    table.put(two);
    drop(revision(4));
    assertThat(inside())
        .extracting(Fault::toString)
        .contains("revision 4: its record is missing, though head names it");
  }

  @Test
  void aRevisionThatIsHiddenAsAGapIsMissed() {
    history();
    table.client.updateItem(
        b ->
            b.tableName(table.name)
                .key(Table.key(Keys.HEAD, Keys.HEAD))
                .updateExpression("ADD gaps :n")
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .expressionAttributeValues(Map.of(":n", AttributeValue.builder().ns("2").build())));
    assertFirst(inside(), "revision 2", "missing: revision 3 follows it");
  }

  @Test
  void changesThatAreNotTheirRecordsAreNamed() {
    history();
    Item pack =
        table.everything().stream()
            .filter(it -> it.pk().equals("LOG#3") && it.sk().startsWith("C#"))
            .findFirst()
            .orElseThrow();
    change(pack, body -> body.replace("ALLOW", "DENY").replace("\"q\"", "\"z\""));
    assertFirst(inside(), "revision 3", "changes are not those that its record was made of");
    drop(pack);
    assertFirst(inside(), "revision 3", "counts 1 changes, here are 0");
    table.put(pack);
    table.put(with(pack, "sk", pack.sk() + "a"));
    assertFirst(inside(), "revision 3", "counts 1 changes, here are 2");
    table.put(with(pack, "body", "{"));
    assertFirst(inside(), "revision 3", "cannot be read");
  }

  @Test
  void revisionsRecomputedFromAChangeOnAreCaughtByTheCopiesOutside() {
    history();
    drop(item(Keys.CHECKPOINTS, "1"));
    drop(item(Keys.CHECKPOINTS, "2"));
    String previous = revisionOf(1).hash();
    for (long number = 2; number <= 4; number++) {
      Revision it = revisionOf(number);
      var forged =
          new Revision(
              it.number(),
              it.base(),
              it.at(),
              "eve",
              it.approvers(),
              it.reason(),
              it.draft(),
              it.changes(),
              previous,
              it.root(),
              it.packsHash(),
              it.breakGlass());
      table.put(with(revision(number), "body", new String(RevisionJson.write(forged), UTF_8)));
      previous = forged.hash();
    }
    table.put(with(item(Keys.HEAD, Keys.HEAD), "hash", previous));
    assertThat(inside()).isEmpty();
    assertThat(withCopies())
        .extracting(Fault::toString)
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("revision 2: its record is not the one that outside checkpoint 1"))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("revision 4: its record is not the one that outside checkpoint 2"));
  }

  private Revision revisionOf(long number) {
    return RevisionJson.read(revision(number).text("body").getBytes(UTF_8));
  }

  @Test
  void aRestoredTableLacksWhatIsOutside() {
    publish(repository, add(api("a")), add(role("clerk")));
    write(1);
    checkpoint();
    List<Item> backup = table.everything();
    publish(repository, add(allow("p", "clerk", "a")));
    write(2);
    checkpoint();
    assertThat(withCopies()).isEmpty();
    table.everything().forEach(this::drop);
    backup.forEach(table::put);
    assertThat(inside()).as("by itself it is good").isEmpty();
    assertThat(withCopies())
        .extracting(Fault::toString)
        .contains("revision 2: is missing, though outside checkpoint 2 names it")
        .anySatisfy(it -> assertThat(it).contains("outside checkpoint 2: is not here any more"));
  }

  @Test
  void checkpointsAreBoundToTheirKeyAndToEachOther() {
    history();
    change(item(Keys.CHECKPOINTS, "1"), body -> body.replace("\"revision\":2", "\"revision\":1"));
    assertFirst(inside(), "checkpoint 0000000001", "changed after it was signed");
    drop(item(Keys.CHECKPOINTS, "1"));
    assertFirst(inside(), "checkpoint 2", "earlier ones are missing");
    assertThat(log.add(outside.getFirst())).isTrue();
    assertThat(inside()).isEmpty();
    List<Fault> untrusted =
        Verification.of(
                new DynamoAudit(table.client, table.name, clock),
                Set.of(Ed25519Signer.generate().key()),
                List.of())
            .faults();
    assertFirst(untrusted, "checkpoint 0000000001", "which is not trusted");
    change(item(Keys.CHECKPOINTS, "2"), body -> "not json");
    assertFirst(inside(), "checkpoint 0000000002", "cannot be read");
  }

  @Test
  void copiesMadeAfterTheBundleSayNothingOfIt() {
    history();
    var lines = new ArrayList<AuditLine>();
    new DynamoAudit(table.client, table.name, clock).each(lines::add);
    clock.move(Duration.ofSeconds(1));
    publish(repository, add(allow("later", "clerk", "a")));
    write(1);
    checkpoint();
    assertThat(Verification.of(visit -> lines.forEach(visit), Set.of(), outside).faults())
        .isEmpty();
  }

  @Test
  void recordsOfALaterReleaseAreVerifiedToo() {
    ActivityRecord it = log.append(ActivityTest.entry("a"));
    Item stored = item(it);
    String body = stored.text("body").replace("\"kind\":\"export\"", "\"kind\":\"new-kind\"");
    table.put(
        with(
            with(stored, "body", body),
            "hash",
            dev.grantway.revision.Sha256.hex(body.getBytes(UTF_8))));
    assertThatThrownBy(() -> ActivityJson.read(body.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(inside()).isEmpty();
    assertThat(log.records(log.days().getFirst(), "", 9).items())
        .isEqualTo(Collections.emptyList());
  }
}
