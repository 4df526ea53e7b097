package dev.grantway.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.analysis.Severity;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import dev.grantway.store.StoreException;
import dev.grantway.store.WiredStage;
import dev.grantway.store.WiredStages;
import dev.grantway.store.WiringCheck;
import dev.grantway.wiring.WiringFault;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Connected stages under {@code WIRED}: {@code C#{api}#{stage}} says how, {@code R#…} what the last
 * look found, {@code T#…} until when a process has the turn to look. Nothing is deleted: who
 * disconnects puts items that say so.
 */
final class DynamoWiredStages implements WiredStages {
  private static final String CONNECTED = "C#";
  private static final String RESULT = "R#";
  private static final String TURN = "T#";
  private static final String TILL = "till";

  /** Of the body of what a look found, as it was written: what the next one replaces. */
  private static final String DIGEST = "digest";

  private final Table table;

  DynamoWiredStages(Table table) {
    this.table = table;
  }

  private static String key(String kind, ApiId api, String stage) {
    return kind + api + "#" + stage;
  }

  @Override
  public List<WiredStage> all() {
    return table.all(new Table.Range(Keys.WIRED, CONNECTED, CONNECTED + Keys.LAST)).stream()
        .flatMap(item -> stage(item).stream())
        .toList();
  }

  @Override
  public Optional<WiredStage> find(ApiId api, String stage) {
    return table.get(Keys.WIRED, key(CONNECTED, api, stage)).flatMap(DynamoWiredStages::stage);
  }

  @Override
  public void connect(WiredStage it) {
    put(
        key(CONNECTED, it.api(), it.stage()),
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("api", it.api().value());
              json.writeStringField("stage", it.stage());
              json.writeStringField("region", it.region());
              json.writeStringField("authorizer", it.authorizer());
              json.writeStringField("tokenSource", it.tokenSource());
              json.writeStringField("by", it.by());
              json.writeStringField("at", it.at().toString());
              json.writeEndObject();
            }));
  }

  @Override
  public void disconnect(WiredStage it) {
    table.put(Item.of(Keys.WIRED, key(CONNECTED, it.api(), it.stage())).build());
    table.put(Item.of(Keys.WIRED, key(RESULT, it.api(), it.stage())).build());
  }

  private void put(String sk, byte[] body) {
    Item.Builder item = Item.of(Keys.WIRED, sk);
    Body.put(item, body);
    table.put(item.build());
  }

  @Override
  public Optional<Kept> kept(ApiId api, String stage) {
    return table
        .get(Keys.WIRED, key(RESULT, api, stage))
        .filter(item -> item.has("body"))
        .map(
            item ->
                new Kept(
                    read(item, DynamoWiredStages::check),
                    item.has(DIGEST) ? item.text(DIGEST) : ""));
  }

  @Override
  public boolean keepFirst(ApiId api, String stage, WiringCheck check) {
    return table.putIf(result(api, stage, check), "attribute_not_exists(body)", Map.of());
  }

  /** What an earlier release kept has no digest: the first who comes replaces it, once. */
  @Override
  public boolean keepAfter(ApiId api, String stage, Kept before, WiringCheck check) {
    Item after = result(api, stage, check);
    return before.mark().isEmpty()
        ? table.putIf(
            after, "attribute_exists(body) AND attribute_not_exists(" + DIGEST + ")", Map.of())
        : table.putIf(
            after, DIGEST + " = :before", Map.of(":before", AttributeValue.fromS(before.mark())));
  }

  private static Item result(ApiId api, String stage, WiringCheck check) {
    Item.Builder item = Item.of(Keys.WIRED, key(RESULT, api, stage));
    byte[] body = CanonicalJson.write(json -> write(json, check));
    Body.put(item, body);
    return item.text(DIGEST, Sha256.hex(body)).build();
  }

  @Override
  public boolean takeTurn(ApiId api, String stage, Instant now, Instant until) {
    Item turn =
        Item.of(Keys.WIRED, key(TURN, api, stage))
            .number(TILL, until.getEpochSecond())
            // A put that finds just what it puts counts as its own, tried again.
            .text("gen", UUID.randomUUID().toString())
            .build();
    return table.putNew(turn)
        || table.putIf(
            turn,
            TILL + " <= :now",
            Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))));
  }

  private static void write(JsonGenerator json, WiringCheck it) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", it.at().toString());
    json.writeStringField("problem", it.problem());
    facts(json, "facts", it.facts());
    json.writeStringField("read", it.read().toString());
    facts(json, "accepted", it.accepted());
    json.writeArrayFieldStart("found");
    for (WiringCheck.Found found : it.found()) {
      WiringFault fault = found.fault();
      json.writeStartObject();
      json.writeStringField("code", fault.code());
      json.writeStringField("severity", fault.severity().name());
      json.writeStringField("what", fault.what());
      json.writeStringField("fix", fault.fix());
      CanonicalJson.texts(json, "routes", fault.routes());
      json.writeStringField("since", found.since().toString());
      CanonicalJson.texts(json, "commands", found.commands());
      json.writeStringField("construct", found.construct());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void facts(JsonGenerator json, String name, SortedMap<String, String> facts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      json.writeStartObject();
      json.writeStringField("of", fact.getKey());
      json.writeStringField("is", fact.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What an item says; an item that says nothing is a stage that was disconnected. */
  private static Optional<WiredStage> stage(Item item) {
    return item.has("body") ? Optional.of(read(item, DynamoWiredStages::stage)) : Optional.empty();
  }

  private static WiredStage stage(JsonObject json) {
    return new WiredStage(
        new ApiId(json.text("api")),
        json.text("stage"),
        json.text("region"),
        json.text("authorizer"),
        json.text("tokenSource"),
        json.text("by"),
        json.requiredInstant("at"));
  }

  /** A later release may keep more of a look: the next look here is without. */
  private static WiringCheck check(JsonObject json) {
    json.takeOthers();
    return new WiringCheck(
        json.requiredInstant("at"),
        json.text("problem"),
        facts(json, "facts"),
        json.requiredInstant("read"),
        facts(json, "accepted"),
        json.objects("found", DynamoWiredStages::found));
  }

  private static WiringCheck.Found found(JsonObject json) {
    json.takeOthers();
    return new WiringCheck.Found(
        new WiringFault(
            json.text("code"),
            Severity.valueOf(json.text("severity")),
            json.text("what"),
            json.text("fix"),
            json.texts("routes")),
        json.requiredInstant("since"),
        json.texts("commands"),
        json.text("construct"));
  }

  private static SortedMap<String, String> facts(JsonObject json, String name) {
    var facts = new TreeMap<String, String>();
    json.objects(name, fact -> Map.entry(fact.text("of"), fact.text("is")))
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
    return facts;
  }

  private static <T> T read(Item item, Function<JsonObject, T> read) {
    try {
      return CanonicalJson.read(Body.get(item)).as(read);
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "what is kept of the wiring `" + item.sk() + "` is damaged: connect the API again", e);
    }
  }
}
