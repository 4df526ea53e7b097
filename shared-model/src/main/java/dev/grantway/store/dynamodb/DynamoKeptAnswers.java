package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import dev.grantway.store.KeptAnswers;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Answers under {@code ONCE#{caller}}, an item for each key, which is put where none is there. What
 * is over counts as not there, whenever DynamoDB removes it.
 */
final class DynamoKeptAnswers implements KeptAnswers {
  private static final String OPEN = "open";
  private static final String DONE = "done";
  private static final String LOST = "lost";

  private final Table table;

  DynamoKeptAnswers(Table table) {
    this.table = table;
  }

  @Override
  public Taken take(Call call, Instant now) {
    Item mine = begun(call, now, OPEN).build();
    try {
      return take(mine, call, now);
    } catch (StoreException down) {
      try {
        giveBack(mine, call, now);
      } catch (StoreException stillDown) {
        down.addSuppressed(stillDown);
      }
      throw down;
    }
  }

  /** A put may have been done whose answer was lost: what is over counts as not there. */
  private void giveBack(Item mine, Call call, Instant now) {
    table.putIf(
        begun(call, now.minus(KEPT).minus(LONGEST), OPEN).build(),
        "mark = :m",
        Map.of(":m", AttributeValue.fromS(mine.text("mark"))));
  }

  private Taken take(Item mine, Call call, Instant now) {
    if (table.putNew(mine)) {
      return new Taken.New();
    }
    Optional<Item> there = table.get(mine.pk(), mine.sk());
    if (there.isEmpty()) {
      // It was given back meanwhile, or removed for its age.
      return table.putNew(mine) ? new Taken.New() : new Taken.UnderWay(now);
    }
    return isOver(there.get(), now)
        ? instead(there.get(), mine, now)
        : known(there.get(), call, now);
  }

  private static Item.Builder begun(Call call, Instant now, String state) {
    return Item.of(Keys.keptAnswers(call.caller()), Sha256.hex(call.key().getBytes(UTF_8)))
        .text("state", state)
        // No two items are the same: a put that is repeated is told from another's.
        .text("mark", UUID.randomUUID().toString())
        .text("print", call.print())
        .text("at", now.toString())
        .number("ttl", now.plus(KEPT).getEpochSecond());
  }

  private static boolean isOver(Item item, Instant now) {
    return item.number("ttl") <= now.getEpochSecond();
  }

  private Taken instead(Item over, Item mine, Instant now) {
    return table.putIf(
            mine,
            "attribute_not_exists(pk) OR mark = :m",
            Map.of(":m", AttributeValue.fromS(over.text("mark"))))
        ? new Taken.New()
        : new Taken.UnderWay(now);
  }

  private static Taken known(Item item, Call call, Instant now) {
    if (!item.text("print").equals(call.print())) {
      return new Taken.OfAnother();
    }
    if (item.text("state").equals(DONE)) {
      return new Taken.Done(answer(item));
    }
    Instant since = Instant.parse(item.text("at"));
    return item.text("state").equals(OPEN) && now.isBefore(since.plus(LONGEST))
        ? new Taken.UnderWay(since)
        : new Taken.Unknown(since);
  }

  @Override
  public void keep(Call call, Instant now, Answer answer) {
    Item.Builder item = begun(call, now, DONE);
    Body.put(
        item,
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("status", answer.status());
              json.writeObjectFieldStart("headers");
              for (Map.Entry<String, String> header : new TreeMap<>(answer.headers()).entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
              }
              json.writeEndObject();
              if (answer.body().isPresent()) {
                json.writeStringField("body", answer.body().get());
              }
              json.writeEndObject();
            }));
    table.put(item.build());
  }

  @Override
  public void lose(Call call, Instant begun) {
    table.putIf(
        begun(call, begun, LOST).build(), "#s = :o", Map.of(":o", AttributeValue.fromS(OPEN)));
  }

  private static Answer answer(Item item) {
    try {
      return CanonicalJson.read(Body.get(item)).as(DynamoKeptAnswers::answer);
    } catch (IllegalArgumentException damaged) {
      throw new StoreException.Unavailable(
          "an answer that was kept is not what was written: call under another key", damaged);
    }
  }

  private static Answer answer(JsonObject json) {
    return new Answer(
        Math.toIntExact(json.number("status")),
        json.object("headers").map(DynamoKeptAnswers::headers).orElse(Map.of()),
        json.has("body") ? Optional.of(json.text("body")) : Optional.empty());
  }

  private static Map<String, String> headers(JsonObject json) {
    var headers = new LinkedHashMap<String, String>();
    json.names().forEach(name -> headers.put(name, json.text(name)));
    return headers;
  }

  @Override
  public void forget(Call call) {
    table.deleteAll(
        List.of(
            Item.of(Keys.keptAnswers(call.caller()), Sha256.hex(call.key().getBytes(UTF_8)))
                .build()));
  }
}
