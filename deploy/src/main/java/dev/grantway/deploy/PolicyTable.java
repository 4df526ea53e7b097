package dev.grantway.deploy;

import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The one table: on demand, encrypted with a key of its own, with point-in-time recovery and
 * deletion protection, kept when its stack goes. {@code ttl} is on heartbeats only. It is empty: a
 * head comes into it by {@code ./grantway prepare-table}.
 */
public final class PolicyTable extends Construct {
  private static final int RECOVERY_DAYS = 35;

  private final Table table;
  private final TableReference reference;

  /** With the name that CloudFormation makes up. */
  public PolicyTable(Construct scope, String id) {
    this(scope, id, Optional.empty());
  }

  /**
   * With a name of one's own.
   *
   * @param name unique in account and region
   */
  public PolicyTable(Construct scope, String id, String name) {
    this(scope, id, Optional.of(name));
  }

  private PolicyTable(Construct scope, String id, Optional<String> name) {
    super(scope, id);
    var key =
        Key.Builder.create(this, "Key")
            .description("Grantway: the policy table")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    var builder =
        Table.Builder.create(this, "Table")
            .partitionKey(text("pk"))
            .sortKey(text("sk"))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .timeToLiveAttribute("ttl")
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder()
                    .pointInTimeRecoveryEnabled(true)
                    .recoveryPeriodInDays(RECOVERY_DAYS)
                    .build())
            .deletionProtection(true)
            .encryption(TableEncryption.CUSTOMER_MANAGED)
            .encryptionKey(key)
            .removalPolicy(RemovalPolicy.RETAIN);
    name.ifPresent(builder::tableName);
    table = builder.build();
    reference = new TableReference(table.getTableName(), table.getTableArn(), key.getKeyArn());
  }

  /** The table, for what else a stack wants to do with it. */
  public Table table() {
    return table;
  }

  /** What the other constructs need to know of it. */
  public TableReference reference() {
    return reference;
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
