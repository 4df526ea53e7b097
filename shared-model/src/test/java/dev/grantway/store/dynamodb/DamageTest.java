package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.revision.Change;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.store.Head;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is corrupt, torn or lacks a chunk is a typed failure of its role alone (SEM-12). */
class DamageTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final DynamoPolicyReader reader = table.reader();

  @AfterEach
  void close() {
    table.close();
  }

  private void publishTwo() {
    publish(
        repository,
        add(api("a")),
        add(role("clerk")),
        add(role("other")),
        add(allow("p", "clerk", "a")),
        add(SamplePolicy.permission("d", "clerk", "a", Effect.DENY, "/secret")),
        add(allow("q", "other", "a")));
  }

  private Item slice(String role) {
    return table.everything().stream()
        .filter(item -> item.pk().equals("ROLE#" + role))
        .findFirst()
        .orElseThrow();
  }

  private void damage(UnaryOperator<Item> how) {
    Item before = slice("clerk");
    table.delete(before.pk(), before.sk());
    table.put(how.apply(before));
    isTorn();
    table.delete(before.pk(), before.sk());
    table.put(before);
    assertThat(read("clerk")).hasSize(2);
  }

  private void isTorn() {
    assertThatThrownBy(() -> read("clerk"))
        .isInstanceOfSatisfying(
            StoreException.Torn.class,
            torn -> assertThat(torn.key()).isEqualTo(Keys.slice(name("clerk"), id("a"))));
    assertThat(read("other")).containsExactly(allow("q", "other", "a"));
    assertThatThrownBy(
            () -> repository.live().permissions(List.of(name("other"), name("clerk")), id("a")))
        .isInstanceOf(StoreException.Torn.class);
  }

  private List<Permission> read(String role) {
    return reader
        .slice(name(role), id("a"), reader.head())
        .value()
        .map(Slice::permissions)
        .orElse(List.of());
  }

  private static Item with(Item item, String name, AttributeValue value) {
    var attributes = new HashMap<>(item.attributes());
    attributes.put(name, value);
    return new Item(attributes);
  }

  @Test
  void everyAttributeIsGuarded() {
    publishTwo();
    damage(it -> with(it, "body", AttributeValue.fromS(it.text("body").replace("DENY", "ALLOW"))));
    damage(it -> with(it, "body", AttributeValue.fromS("{}")));
    damage(it -> with(it, "body", AttributeValue.fromS("not json")));
    damage(it -> with(it, "from", AttributeValue.fromN("7")));
    damage(it -> with(it, "of", AttributeValue.fromN("2")));
    damage(it -> with(it, "sum", AttributeValue.fromS("x")));
    damage(it -> without(it, "sum"));
    damage(it -> without(it, "body"));
    damage(it -> without(it, "of"));
    damage(it -> without(it, "from"));
  }

  private static Item without(Item item, String name) {
    var attributes = new HashMap<>(item.attributes());
    attributes.remove(name);
    return new Item(attributes);
  }

  @Test
  void aSliceUnderAnotherRolesKeyIsRefused() {
    publishTwo();
    damage(it -> with(slice("other"), "pk", AttributeValue.fromS("ROLE#clerk")));
  }

  @Test
  void anOldSliceUnderANewNumberIsRefused() {
    publishTwo();
    Item old = slice("clerk");
    publish(repository, add(allow("r", "clerk", "a")));
    Item now = slice("clerk");
    assertThat(now.number("from")).isEqualTo(2);
    table.put(
        with(with(old, "sk", AttributeValue.fromS(now.sk())), "from", AttributeValue.fromN("2")));
    isTorn();
  }

  @Test
  void aTableWithoutHeadIsUnavailable() {
    publishTwo();
    table.delete(Keys.HEAD, Keys.HEAD);
    assertThatThrownBy(reader::head).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void bigSlicesAreCutIntoChunksAndNoneMayLack() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("DamageTest seed " + seed);
    var random = new Random(seed);
    var changes = new ArrayList<Change>();
    changes.add(add(api("a")));
    changes.add(add(role("clerk")));
    changes.add(add(role("other")));
    changes.add(add(allow("q", "other", "a")));
    for (int i = 0; i < 1_999; i++) {
      changes.add(add(noted(allow("p" + i, "clerk", "a"), noise(random))));
    }
    publish(repository, changes);
    assertThat(read("clerk")).hasSize(1_999);
    publish(repository, add(allow("last", "clerk", "a")));
    assertThat(read("clerk")).hasSize(2_000);
    assertThat(
            reader
                .slice(name("clerk"), id("a"), reader.head().asOf(1))
                .value()
                .orElseThrow()
                .rows())
        .hasSize(1_999);
    List<Item> chunks =
        table.everything().stream()
            .filter(item -> item.pk().equals("ROLE#clerk") && item.number("from") == 2)
            .toList();
    assertThat(chunks).hasSizeGreaterThan(3);
    for (Item chunk : chunks) {
      table.delete(chunk.pk(), chunk.sk());
      isTorn();
      table.put(chunk);
    }
    var one =
        (PublishResult.Refused)
            repository.publish(
                SamplePolicy.publication(repository, add(allow("toomany", "clerk", "a"))));
    assertThat(one.findings()).extracting(Refusal::code).containsExactly("too-many-permissions");
  }

  private static Permission noted(Permission it, String note) {
    return new Permission(
        it.id(),
        it.role(),
        it.effect(),
        it.api(),
        it.stage(),
        it.actions(),
        it.resource(),
        Condition.NONE,
        Validity.ALWAYS,
        note);
  }

  private static String noise(Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }

  @Test
  void headStaysBelowFourKilobytesWithTwoHundredGaps() {
    publishTwo();
    var item = new HeadItem(Table.of(table.client, table.name));
    for (int i = 0; i < 200; i++) {
      assertThat(item.declareVoid(4_000_000_000L + i)).isTrue();
    }
    table.calls();
    Head head = item.read();
    assertThat(head.gaps()).hasSize(200);
    assertThat(table.calls()).containsExactly(new LocalTable.Call("get", 1.0));
  }

  @Test
  void aGapAboveHeadIsNotForgotten() {
    publishTwo();
    var item = new HeadItem(Table.of(table.client, table.name));
    assertThat(item.declareVoid(2)).isTrue();
    assertThat(item.forgetGap(2)).isFalse();
    Head head = item.read();
    Head next = new Head(2, "h", head.at(), new TreeSet<>(), 0, head.touched(), 0);
    assertThat(item.flip(head, next)).as("its flip can never succeed").isFalse();
  }
}
