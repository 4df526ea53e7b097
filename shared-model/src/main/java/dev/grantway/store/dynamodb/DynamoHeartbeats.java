package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Heartbeats under {@code BEAT}: one item for each instance and stage, written over and over, of at
 * most 4 kB. DynamoDB removes an item a while after its {@code ttl}; readers leave it out at once.
 */
final class DynamoHeartbeats implements Heartbeats {
  /** What of the role sets a report holds, so that it costs four write units at most. */
  private static final int MOST_CHARACTERS = 3_000;

  private final Table table;

  DynamoHeartbeats(Table table) {
    this.table = table;
  }

  @Override
  public void report(Heartbeat it) {
    table.put(
        Item.of(Keys.BEAT, it.api() + "#" + it.stage() + "#" + it.instance())
            .text("body", new String(write(it), UTF_8))
            .number("ttl", it.listedUntil().getEpochSecond())
            .build());
  }

  /** What has been reported and is not too old at that time, by API, stage and instance. */
  List<Heartbeat> since(Instant now) {
    return table.all(new Table.Range(Keys.BEAT, "0", Keys.END)).stream()
        .filter(item -> item.number("ttl") > now.getEpochSecond())
        .map(DynamoHeartbeats::read)
        .toList();
  }

  private static byte[] write(Heartbeat it) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("instance", it.instance());
          json.writeStringField("api", it.api());
          json.writeStringField("stage", it.stage());
          json.writeStringField("at", it.at().toString());
          json.writeNumberField("revision", it.revision());
          json.writeBooleanField("live", it.live());
          json.writeStringField("cacheKey", it.cacheKey());
          json.writeNumberField("cacheTtl", it.cacheTtl().toSeconds());
          json.writeNumberField("maxAge", it.maxAge().toMillis());
          json.writeNumberField("timeout", it.timeout().toSeconds());
          json.writeNumberField("policyBytes", it.policyBytes());
          if (it.observeUntil().isPresent()) {
            json.writeStringField("observe", it.observeUntil().get().toString());
          }
          if (it.told().isPresent()) {
            Heartbeat.Told told = it.told().get();
            json.writeObjectFieldStart("told");
            json.writeStringField("tokenSource", told.tokenSource());
            json.writeBooleanField("simple", told.simple());
            json.writeBooleanField("fence", told.fence());
            json.writeEndObject();
          }
          json.writeArrayFieldStart("roles");
          for (String set : fitting(it.roleSets())) {
            json.writeString(set);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** As many as fit, from the first on. Names of roles hold no space. */
  private static Collection<String> fitting(Set<Set<RoleName>> sets) {
    var texts = new TreeSet<String>();
    int length = 0;
    for (Set<RoleName> set : sets) {
      String text = set.stream().map(RoleName::value).sorted().collect(Collectors.joining(" "));
      int more = text.length() + 3;
      if (length + more <= MOST_CHARACTERS) {
        length += more;
        texts.add(text);
      }
    }
    return texts;
  }

  private static Heartbeat read(Item item) {
    try {
      return CanonicalJson.read(item.text("body").getBytes(UTF_8)).as(DynamoHeartbeats::read);
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "heartbeat `" + item.sk() + "` is damaged: " + e.getMessage(), e);
    }
  }

  private static Heartbeat read(JsonObject json) {
    return new Heartbeat(
        json.text("instance"),
        json.text("api"),
        json.text("stage"),
        json.requiredInstant("at"),
        json.number("revision"),
        json.flag("live"),
        json.text("cacheKey"),
        Duration.ofSeconds(json.number("cacheTtl")),
        Duration.ofMillis(json.number("maxAge")),
        Duration.ofSeconds(json.numberOr("timeout", 0)),
        (int) json.number("policyBytes"),
        json.instant("observe"),
        json.object("told")
            .map(
                told ->
                    new Heartbeat.Told(
                        told.text("tokenSource"), told.flag("simple"), told.flag("fence"))),
        json.texts("roles").stream().map(DynamoHeartbeats::roles).collect(Collectors.toSet()));
  }

  private static Set<RoleName> roles(String text) {
    var roles = new LinkedHashSet<RoleName>();
    for (String name : text.split(" ", -1)) {
      if (!name.isEmpty()) {
        roles.add(new RoleName(name));
      }
    }
    return roles;
  }
}
