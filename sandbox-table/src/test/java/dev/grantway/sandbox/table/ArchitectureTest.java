package dev.grantway.sandbox.table;

import dev.grantway.houserules.HouseRules;

/** What the table's process may use: DynamoDB Local, and nothing else of Grantway. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.sandbox.table",
        "org.eclipse.jetty..",
        "software.amazon.awssdk..",
        "software.amazon.dynamodb..");
  }
}
