package dev.grantway.deploy;

import dev.grantway.store.dynamodb.Partitions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Who may do what with which partitions of the table: one statement list for each role. */
final class TableAccess {
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

  private final TableReference table;

  TableAccess(TableReference table) {
    this.table = table;
  }

  /** Reads the policy and writes heartbeats. */
  List<PolicyStatement> authorizer() {
    return List.of(
        only(
            "ReadPolicy",
            Partitions.READ_BY_AUTHORIZERS,
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:BatchGetItem"),
        only("ReportItself", Partitions.WRITTEN_BY_AUTHORIZERS, "dynamodb:PutItem"),
        key());
  }

  /** Publishes and keeps drafts; adds to the records of the past and never changes them. */
  List<PolicyStatement> admin() {
    return List.of(
        all("Read", "dynamodb:GetItem", "dynamodb:Query"),
        all("Add", "dynamodb:PutItem", "dynamodb:ConditionCheckItem"),
        only("ChangeInPlace", Partitions.CHANGED_IN_PLACE, "dynamodb:UpdateItem"),
        only("Batch", Partitions.batchedByAdmin(), "dynamodb:BatchWriteItem"),
        never(
            "NeverRecords",
            Partitions.RECORDS,
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem"),
        never("NeverPutHead", Partitions.ONLY_UPDATED, "dynamodb:PutItem"),
        never("NeverWhole"),
        key());
  }

  /** An app that also deletes what dead publishers left and what retention has passed by. */
  List<PolicyStatement> upkeep() {
    return List.of(
        all("Read", "dynamodb:GetItem", "dynamodb:Query"),
        all("Add", "dynamodb:PutItem", "dynamodb:ConditionCheckItem"),
        only("ChangeInPlace", Partitions.CHANGED_IN_PLACE, "dynamodb:UpdateItem"),
        only(
            "Batch",
            Stream.concat(Partitions.batchedByAdmin().stream(), Partitions.SWEPT_RECORDS.stream())
                .toList(),
            "dynamodb:BatchWriteItem"),
        never("NeverChangeRecords", Partitions.RECORDS, "dynamodb:UpdateItem"),
        never(
            "NeverDeleteRecords",
            Partitions.RECORDS.stream()
                .filter(it -> !Partitions.SWEPT_RECORDS.contains(it))
                .toList(),
            "dynamodb:BatchWriteItem"),
        never("NeverPutHead", Partitions.ONLY_UPDATED, "dynamodb:PutItem"),
        never("NeverWhole"),
        key());
  }

  private PolicyStatement all(String sid, String... actions) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(actions))
        .resources(List.of(table.arn()))
        .build();
  }

  /** A request that names no key at all is none of these. */
  private PolicyStatement only(String sid, List<String> partitions, String... actions) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of(actions))
        .resources(List.of(table.arn()))
        .conditions(
            new TreeMap<>(
                Map.of(
                    "ForAllValues:StringLike",
                    Map.of(LEADING_KEYS, partitions),
                    "Null",
                    Map.of(LEADING_KEYS, "false"))))
        .build();
  }

  private PolicyStatement never(String sid, List<String> partitions, String... actions) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.DENY)
        .actions(List.of(actions))
        .resources(List.of(table.arn()))
        .conditions(Map.of("ForAnyValue:StringLike", Map.of(LEADING_KEYS, partitions)))
        .build();
  }

  private PolicyStatement never(String sid) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.DENY)
        .actions(
            List.of(
                "dynamodb:Scan",
                "dynamodb:DeleteItem",
                "dynamodb:DeleteTable",
                "dynamodb:UpdateTable",
                "dynamodb:UpdateTimeToLive",
                "dynamodb:UpdateContinuousBackups",
                "dynamodb:PartiQL*"))
        .resources(List.of(table.arn()))
        .build();
  }

  /** Through DynamoDB only: the key opens nothing by itself. */
  private PolicyStatement key() {
    return PolicyStatement.Builder.create()
        .sid("TableKey")
        .actions(List.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"))
        .resources(List.of(table.keyArn()))
        .conditions(Map.of("StringLike", Map.of("kms:ViaService", "dynamodb.*.amazonaws.com")))
        .build();
  }
}
