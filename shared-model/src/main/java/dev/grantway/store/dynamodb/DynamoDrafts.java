package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Drafts: one item each under {@code DRAFTS}, a mark under {@code DRAFTS#OPEN} while it is open, so
 * that ended ones cost no read, and one item for each step under {@code DRAFT#id}. A step that is
 * too big for an item has its other parts under a name of their own and exists once its first part
 * does.
 */
final class DynamoDrafts implements DraftRepository {
  private static final int PART = 350_000;

  private final Table table;
  private final HeadItem head;
  private final Clock clock;

  DynamoDrafts(Table table, Clock clock) {
    this.table = table;
    this.head = new HeadItem(table);
    this.clock = clock;
  }

  @Override
  public Draft create(String id, String name, String owner) {
    Head base = head.read();
    var draft =
        new Draft(
            id,
            name,
            owner,
            clock.instant(),
            Draft.State.OPEN,
            base.revision(),
            base.hash(),
            List.of());
    // A mark may be without an open draft, no open draft without a mark.
    table.put(openMark(draft.id()));
    boolean isNew =
        table.putNew(
            Item.of(Keys.DRAFTS, draft.id())
                .text("name", name)
                .text("owner", owner)
                .text("created", draft.createdAt().toString())
                .text("state", draft.state().name())
                .number("base", base.revision())
                .text("baseHash", base.hash())
                .build());
    return isNew ? draft : find(id).orElseThrow();
  }

  @Override
  public Optional<Draft> find(String id) {
    CompletableFuture<List<DraftStep>> steps =
        CompletableFuture.supplyAsync(() -> steps(id), Thread::startVirtualThread);
    Optional<Item> found = table.get(Keys.DRAFTS, id);
    return found.map(item -> draft(item).with(joined(steps)));
  }

  private static <T> T joined(CompletableFuture<T> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw e;
    }
  }

  @Override
  public List<Draft> open() {
    return table.all(new Table.Range(Keys.OPEN_DRAFTS, "0", Keys.END)).stream()
        .flatMap(open -> table.get(Keys.DRAFTS, open.sk()).stream())
        .map(DynamoDrafts::draft)
        .filter(draft -> draft.state() == Draft.State.OPEN)
        .sorted(Comparator.comparing(Draft::createdAt).reversed())
        .toList();
  }

  @Override
  public Appended append(Draft draft, DraftStep step) {
    if (write(draft, StepJson.write(step))) {
      var steps = new ArrayList<>(draft.steps());
      steps.add(step);
      return new Appended.Stored(draft.with(steps));
    }
    return new Appended.Stale(find(draft.id()).orElseThrow());
  }

  /** False if the draft is not open any more, or somebody else wrote that step. */
  private boolean write(Draft draft, byte[] body) {
    String pk = pk(draft.id());
    String token = UUID.randomUUID().toString();
    int parts = Math.max(1, (body.length + PART - 1) / PART);
    for (int i = 1; i < parts; i++) {
      Item.Builder part = Item.of(pk, part(token, i));
      Body.deflated(
          part, Arrays.copyOfRange(body, i * PART, Math.min(body.length, (i + 1) * PART)));
      table.put(part.build());
    }
    Item.Builder first = Item.of(pk, nextStep(draft)).number("of", parts).text("token", token);
    Body.put(first, Arrays.copyOf(body, Math.min(body.length, PART)));
    Item item = first.build();
    return table.transact(item.pk(), item.sk(), List.of(isOpen(draft.id()), putNew(item)));
  }

  private static String nextStep(Draft draft) {
    return "E#" + Keys.digits(draft.steps().size() + 1L);
  }

  private TransactWriteItem isOpen(String id) {
    return TransactWriteItem.builder()
        .conditionCheck(
            b ->
                b.tableName(table.name())
                    .key(Table.key(Keys.DRAFTS, id))
                    .conditionExpression("#s = :open")
                    .expressionAttributeNames(Map.of("#s", "state"))
                    .expressionAttributeValues(
                        Map.of(":open", AttributeValue.fromS(Draft.State.OPEN.name()))))
        .build();
  }

  private TransactWriteItem putNew(Item item) {
    return TransactWriteItem.builder()
        .put(
            b ->
                b.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  private List<DraftStep> steps(String id) {
    var steps = new ArrayList<DraftStep>();
    for (Item first : table.all(new Table.Range(pk(id), "E#", "E#" + Keys.END))) {
      var body = new ByteArrayOutputStream();
      body.writeBytes(Body.get(first));
      for (int i = 1; i < first.number("of"); i++) {
        body.writeBytes(
            table
                .get(pk(id), part(first.text("token"), i))
                .map(Body::get)
                .orElseThrow(() -> new IllegalStateException("draft `" + id + "` lacks a part")));
      }
      steps.add(CanonicalJson.read(body.toByteArray()).as(StepJson::read));
    }
    return steps;
  }

  @Override
  public Draft rename(String id, String name) {
    table.updateIf(
        Keys.DRAFTS,
        id,
        "SET #n = :n",
        "attribute_exists(pk)",
        Map.of(":n", AttributeValue.fromS(name)));
    return find(id).orElseThrow();
  }

  @Override
  public Optional<String> chosen(String owner) {
    return table.get(Keys.CHOSEN, owner).map(item -> item.text("draft"));
  }

  @Override
  public void choose(String owner, String id) {
    table.put(Item.of(Keys.CHOSEN, owner).text("draft", id).build());
  }

  @Override
  public void schedule(Due due) {
    table.put(item(due));
  }

  @Override
  public void unschedule(Due due) {
    table.deleteAll(List.of(item(due)));
  }

  private static Item item(Due due) {
    return Item.of(Keys.DUE, Keys.instant(due.when()) + "#" + due.id())
        .text("when", due.when().toString())
        .text("draft", due.id())
        .build();
  }

  @Override
  public List<Due> due(Instant until) {
    return table.all(new Table.Range(Keys.DUE, "0", Keys.instant(until) + "#" + Keys.END)).stream()
        .map(item -> new Due(Instant.parse(item.text("when")), item.text("draft")))
        .toList();
  }

  @Override
  public Draft setState(String id, Draft.State state) {
    if (state == Draft.State.OPEN) {
      table.put(openMark(id));
    }
    table.updateIf(
        Keys.DRAFTS,
        id,
        "SET #s = :s",
        "attribute_exists(pk)",
        Map.of(":s", AttributeValue.fromS(state.name())));
    if (state != Draft.State.OPEN) {
      table.deleteAll(List.of(openMark(id)));
    }
    return find(id).orElseThrow();
  }

  @Override
  public boolean discard(Draft draft) {
    boolean done =
        table.transact(Keys.DRAFTS, draft.id(), List.of(discarded(draft.id()), noStepAfter(draft)));
    if (done) {
      table.deleteAll(List.of(openMark(draft.id())));
    }
    return done;
  }

  private TransactWriteItem discarded(String id) {
    return TransactWriteItem.builder()
        .update(
            b ->
                b.tableName(table.name())
                    .key(Table.key(Keys.DRAFTS, id))
                    .updateExpression("SET #s = :over")
                    .conditionExpression("#s = :open")
                    .expressionAttributeNames(Map.of("#s", "state"))
                    .expressionAttributeValues(
                        Map.of(
                            ":open", AttributeValue.fromS(Draft.State.OPEN.name()),
                            ":over", AttributeValue.fromS(Draft.State.DISCARDED.name()))))
        .build();
  }

  private TransactWriteItem noStepAfter(Draft draft) {
    return TransactWriteItem.builder()
        .conditionCheck(
            b ->
                b.tableName(table.name())
                    .key(Table.key(pk(draft.id()), nextStep(draft)))
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  private static Item openMark(String id) {
    return Item.of(Keys.OPEN_DRAFTS, id).build();
  }

  private static Draft draft(Item item) {
    return new Draft(
        item.sk(),
        item.text("name"),
        item.text("owner"),
        Instant.parse(item.text("created")),
        Draft.State.valueOf(item.text("state")),
        item.number("base"),
        item.text("baseHash"),
        List.of());
  }

  private static String pk(String id) {
    return Keys.DRAFT + id;
  }

  private static String part(String token, int index) {
    return "P#" + token + "#" + String.format("%04d", index);
  }
}
