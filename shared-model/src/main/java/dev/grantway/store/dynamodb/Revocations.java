package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The append-only log of revocations; each entry and head's epoch move in one transaction. */
final class Revocations {
  private static final int ATTEMPTS = 50;

  private final Table table;
  private final HeadItem head;

  Revocations(Table table) {
    this.table = table;
    this.head = new HeadItem(table);
  }

  List<Revocation> after(long epoch) {
    var range = new Table.Range(Keys.REVOKED, Keys.digits(epoch + 1), Keys.END);
    return table.all(range).stream().map(Revocations::read).toList();
  }

  /** The first of them. */
  List<Revocation> after(long epoch, int limit) {
    var range = new Table.Range(Keys.REVOKED, Keys.digits(epoch + 1), Keys.END).first(limit);
    Table.Found found = table.query(range, Map.of());
    var items = new ArrayList<>(found.items());
    while (found.more() && items.size() < limit) {
      found = table.query(range, found.next());
      items.addAll(found.items());
    }
    return items.stream().limit(limit).map(Revocations::read).toList();
  }

  Revocation append(Revocation entry) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long epoch = head.read().epoch();
      var item =
          Item.of(Keys.REVOKED, Keys.digits(epoch + 1))
              .text("body", new String(write(entry), UTF_8))
              .build();
      TransactWriteItem put =
          TransactWriteItem.builder()
              .put(
                  b ->
                      b.tableName(table.name())
                          .item(item.attributes())
                          .conditionExpression("attribute_not_exists(pk)"))
              .build();
      if (table.transact(item.pk(), item.sk(), List.of(put, head.epochAfter(epoch)))) {
        return CanonicalJson.read(write(entry)).as(json -> read(json, epoch + 1));
      }
    }
    throw new StoreException.Unavailable(
        "table `" + table.name() + "` is too busy to revoke: try again", null);
  }

  private static Revocation read(Item item) {
    try {
      return CanonicalJson.read(item.text("body").getBytes(UTF_8))
          .as(json -> read(json, Long.parseLong(item.sk())));
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "revocation " + item.sk() + " is damaged: " + e.getMessage(), e);
    }
  }

  private static byte[] write(Revocation it) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("added", it.added());
          json.writeStringField("kind", it.kind().name());
          json.writeStringField("issuer", it.issuer());
          json.writeStringField("value", it.value());
          json.writeStringField("issuedBefore", it.issuedBefore().toString());
          json.writeStringField("until", it.until().toString());
          json.writeStringField("by", it.by());
          json.writeStringField("at", it.at().toString());
          json.writeStringField("reason", it.reason());
          json.writeEndObject();
        });
  }

  private static Revocation read(JsonObject json, long epoch) {
    return new Revocation(
        epoch,
        json.flag("added"),
        Revocation.Kind.valueOf(json.text("kind")),
        json.text("issuer"),
        json.text("value"),
        json.requiredInstant("issuedBefore"),
        json.requiredInstant("until"),
        json.text("by"),
        json.requiredInstant("at"),
        json.text("reason"));
  }
}
