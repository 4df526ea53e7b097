package dev.grantway.cli;

import dev.grantway.audit.AuditSource;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.DynamoActivity;
import dev.grantway.store.dynamodb.DynamoAudit;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import java.util.HashMap;
import java.util.Map;

/**
 * A table that a command works on, past the admin app.
 *
 * @param audit all that is chained in it
 */
record TableAccess(PolicyRepository repository, ActivityLog log, AuditSource audit) {
  private static final String DEFAULT_TABLE = "grantway";

  /** Opens tables by the URLs at which DynamoDB answers. */
  @FunctionalInterface
  interface Tables {
    TableAccess at(String url);
  }

  /** The tables in DynamoDB that the environment names. */
  static Tables inDynamoDb(Console console) {
    return url -> {
      Map<String, String> environment = environment(url);
      String name = name(environment);
      try {
        var client = DynamoClients.create(environment);
        return new TableAccess(
            new DynamoPolicyRepository(client, name, console.clock()),
            new DynamoActivity(client, name, console.clock()),
            new DynamoAudit(client, name, console.clock()));
      } catch (IllegalArgumentException wrong) {
        throw new InputException(String.valueOf(wrong.getMessage()));
      }
    };
  }

  /** The AWS settings of this process, with that endpoint. */
  static Map<String, String> environment(String url) {
    if (url.isBlank()) {
      throw new InputException("option --table is empty: give the URL of the table's endpoint");
    }
    var environment = new HashMap<>(System.getenv());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", url);
    environment.putIfAbsent("AWS_REGION", "us-east-1");
    return environment;
  }

  static String name(Map<String, String> environment) {
    return environment.getOrDefault("GRANTWAY_TABLE", DEFAULT_TABLE);
  }
}
