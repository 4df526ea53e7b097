package dev.grantway.store.dynamodb;

import dev.grantway.revision.Revision;
import dev.grantway.store.Touched;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes the one table, and in it a head at revision 0. */
public final class TableSetup {
  private TableSetup() {}

  /** Makes what is missing; a table that is there, with its data, stays as it is. */
  public static void create(DynamoDbClient client, String name) {
    try {
      client.createTable(
          b ->
              b.tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(text("pk"), text("sk"))
                  .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
      client.waiter().waitUntilTableExists(b -> b.tableName(name));
      client.updateTimeToLive(
          b ->
              b.tableName(name)
                  .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
    } catch (ResourceInUseException thereAlready) {
      // Its head may be missing all the same: a set-up that died here is completed below.
    }
    prepare(client, name);
  }

  /** Puts a head at revision 0 into a table that has none, and nothing into one that has. */
  public static void prepare(DynamoDbClient client, String name) {
    Table table = Table.of(client, name);
    table.putNew(Item.of(Keys.HEAD, Keys.NEXT).number("next", 0).build());
    table.putNew(
        Item.of(Keys.HEAD, Keys.HEAD)
            .number("rev", 0)
            .number("floor", 0)
            .number("epoch", 0)
            .text("at", Keys.instant(Instant.EPOCH))
            .text("hash", Revision.NO_HASH)
            .bytes("touched", Touched.NOTHING.bytes())
            .build());
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
