package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.IssuerSettings;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.TableSetup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What each part is told of the others. */
final class Wiring {
  private static final String TABLE = "grantway";
  private static final String AUDIENCE = "https://api.grantway.local";

  private final Ports ports;
  private final IssuerSettings issuer;
  private final SystemSettings settings;

  Wiring(Ports ports, IssuerSettings issuer, SystemSettings settings) {
    this.ports = ports;
    this.issuer = issuer;
    this.settings = settings;
  }

  private Map<String, String> table() {
    return Map.of(
        "GRANTWAY_TABLE", TABLE,
        "AWS_REGION", "us-east-1",
        "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + ports.table(),
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local");
  }

  /** Makes the table if it is missing; says what was put into an empty one. */
  Optional<String> prepareTable() {
    try (DynamoDbClient client = DynamoClients.create(table())) {
      TableSetup.create(client, TABLE);
    }
    return Optional.empty();
  }

  AutoCloseable startTwin() {
    return () -> {};
  }

  Map<String, String> adminEnvironment() {
    var environment = new LinkedHashMap<>(table());
    environment.put("SERVER_PORT", Integer.toString(ports.admin()));
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("GRANTWAY_OIDC_ISSUER", issuer.issuer());
    environment.put("GRANTWAY_OIDC_CLIENT_ID", IssuerSettings.ADMIN_CLIENT);
    environment.put("GRANTWAY_OIDC_CLIENT_SECRET", issuer.adminSecret());
    environment.put("GRANTWAY_FLUSH_URL", "http://127.0.0.1:" + ports.gateway());
    environment.put("GRANTWAY_FIRST_OWNER", "olga");
    environment.put("GRANTWAY_POLICY_MAX_AGE", "1s");
    environment.put("GRANTWAY_PARENT_PIPE", "1");
    return environment;
  }
}
