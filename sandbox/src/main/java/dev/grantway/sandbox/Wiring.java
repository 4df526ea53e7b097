package dev.grantway.sandbox;

import dev.grantway.policy.Api;
import dev.grantway.sandbox.issuer.IssuerSettings;
import dev.grantway.sandbox.issuer.SampleOperators;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What each part is told of the others. */
final class Wiring {
  private static final String TABLE = "grantway";

  private static final String ISSUER_ALIAS = "dev";

  private static final String MAX_AGE = "1s";

  private static final String STALE_LIMIT = "GRANTWAY_STALE_LIMIT";

  /** What the deployed authorizer allows one attempt at the table, and a call with all of them. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration CALL = Duration.ofSeconds(4);

  /** While it starts, a slow machine has all the time it needs; nobody is waiting for an answer. */
  private static final Duration START_ATTEMPT = Duration.ofSeconds(30);

  private static final Duration START_CALL = Duration.ofSeconds(60);

  /** What somebody who tries the authorizer may set for {@code up} as they would when deployed. */
  private static final List<String> TUNABLE =
      List.of(
          STALE_LIMIT,
          "GRANTWAY_POLICY_BYTES",
          "GRANTWAY_IAM_CONDITIONS",
          "GRANTWAY_DENY_INSTEAD_OF_401",
          "GRANTWAY_CLOCK_SKEW",
          "GRANTWAY_PRINCIPAL_HASH_KEY");

  private final Ports ports;
  private final IssuerSettings issuer;
  private final SystemSettings settings;
  private final Clock clock = Clock.systemUTC();

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
    try (DynamoDbClient client = DynamoClients.create(table(), START_ATTEMPT, START_CALL)) {
      TableSetup.create(client, TABLE);
      return settings.seed().into(new DynamoPolicyRepository(client, TABLE, clock));
    }
  }

  AutoCloseable startTwin(Distribution distribution) throws IOException {
    return startTwin(
        apis(),
        TwinWiring.TTL,
        twin ->
            settings.processAuthorizer()
                ? twin.inOtherJvms(new PackagedAuthorizer(distribution))
                : twin.inThisJvm());
  }

  /**
   * The twin with the sample API's stage {@code prod} alone, called by that function.
   *
   * @param function made for the environment that it is given
   */
  AutoCloseable startSample(TwinWiring.FunctionMaker function) throws IOException {
    return startSample(TwinWiring.TTL, _ -> function);
  }

  /**
   * The same.
   *
   * @param ttl for how long the stage keeps answers
   * @param functions makes what calls the authorizer
   */
  AutoCloseable startSample(Duration ttl, Function<TwinWiring, TwinWiring.FunctionMaker> functions)
      throws IOException {
    List<Api> sample =
        apis().stream()
            .filter(api -> api.name().equals("orders"))
            .map(api -> new Api(api.id(), api.name(), List.of("prod"), api.routes(), false))
            .toList();
    return startTwin(sample, ttl, functions);
  }

  /** The table as the admin app has it, until it is closed. */
  record OpenRepository(DynamoDbClient client, PolicyRepository repository)
      implements AutoCloseable {
    @Override
    public void close() {
      client.close();
    }
  }

  OpenRepository openRepository() {
    DynamoDbClient client = DynamoClients.create(table(), START_ATTEMPT, START_CALL);
    return new OpenRepository(client, new DynamoPolicyRepository(client, TABLE, clock));
  }

  private AutoCloseable startTwin(
      List<Api> apis, Duration ttl, Function<TwinWiring, TwinWiring.FunctionMaker> functions)
      throws IOException {
    DynamoDbClient client = DynamoClients.create(table(), ATTEMPT, CALL);
    var policy = new DynamoPolicyReader(client, TABLE);
    var accessLog = new AccessLogFile(DataFolder.accessLogs(settings.data()), clock);
    var usual =
        new TwinWiring(
                authorizerEnvironment(),
                policy,
                policy.heartbeats(),
                issuer.adminUrl(),
                clock,
                accessLog)
            .answering(settings.answers());
    TwinWiring twin = usual.keepingAnswersFor(ttl);
    GatewayTwin running = twin.start(ports.gateway(), apis, functions.apply(twin));
    return () -> {
      running.close();
      client.close();
      accessLog.close();
    };
  }

  private List<Api> apis() {
    try (DynamoDbClient client = DynamoClients.create(table(), START_ATTEMPT, START_CALL)) {
      return new DynamoPolicyRepository(client, TABLE, clock).live().policy().apis();
    }
  }

  Map<String, String> authorizerEnvironment() {
    var environment = new LinkedHashMap<>(table());
    environment.put("GRANTWAY_POLICY_MAX_AGE", MAX_AGE);
    TUNABLE.stream()
        .filter(System.getenv()::containsKey)
        .forEach(name -> environment.put(name, System.getenv(name)));
    environment.put("GRANTWAY_ISSUERS", issuers());
    return environment;
  }

  /** What an authorizer in another language is told: the table, and the one issuer. */
  Map<String, String> peerEnvironment() {
    var environment = new LinkedHashMap<>(table());
    environment.put("PEER_ALIAS", ISSUER_ALIAS);
    environment.put("PEER_ISSUER", issuer.issuer());
    environment.put("PEER_AUDIENCE", IssuerSettings.API_AUDIENCE);
    environment.put("PEER_JWKS_URI", issuer.keySetUrl());
    return environment;
  }

  private String issuers() {
    return """
        [{"alias":"%s","issuer":"%s","discovery":true,"algorithms":["RS256"],
          "audiences":["%s"],"roles":["/roles"],"groups":["/groups"]}]"""
        .formatted(ISSUER_ALIAS, issuer.issuer(), IssuerSettings.API_AUDIENCE);
  }

  Map<String, String> adminEnvironment() {
    var environment = new LinkedHashMap<>(table());
    environment.put("SERVER_PORT", Integer.toString(ports.admin()));
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("GRANTWAY_OIDC_ISSUER", issuer.issuer());
    environment.put("GRANTWAY_OIDC_CLIENT_ID", IssuerSettings.ADMIN_CLIENT);
    environment.put("GRANTWAY_OIDC_CLIENT_SECRET", issuer.adminSecret());
    environment.put("GRANTWAY_FLUSH_URL", "http://127.0.0.1:" + ports.gateway());
    environment.put("AWS_ENDPOINT_URL_API_GATEWAY", "http://127.0.0.1:" + ports.gateway());
    environment.put("AWS_ENDPOINT_URL_APIGATEWAYV2", "http://127.0.0.1:" + ports.gateway());
    environment.put("GRANTWAY_FIRST_OWNER", SampleOperators.OLGA.login());
    environment.put("GRANTWAY_INSTEAD_OF_LOCALHOST", issuer.adminUrl());
    environment.put("GRANTWAY_POLICY_MAX_AGE", MAX_AGE);
    environment.put("GRANTWAY_AUTHORIZER_TIMEOUT", TwinWiring.TIMEOUT.toSeconds() + "s");
    environment.put(STALE_LIMIT, System.getenv().getOrDefault(STALE_LIMIT, "5m"));
    environment.put("GRANTWAY_CACHE_TTL", TwinWiring.TTL.toSeconds() + "s");
    environment.put("GRANTWAY_ISSUERS", issuers());
    environment.put(
        "GRANTWAY_CHECKPOINT_KEY", settings.data().resolve("checkpoint-key.pem").toString());
    environment.put(
        "GRANTWAY_CHECKPOINT_FOLDER", settings.data().resolve("checkpoints").toString());
    environment.put("GRANTWAY_LOG_FOLDER", DataFolder.accessLogs(settings.data()).toString());
    environment.put("GRANTWAY_EXPORT_FOLDER", settings.data().resolve("exports").toString());
    environment.put("GRANTWAY_PARENT_PIPE", "1");
    // Not what lies in some folder.
    environment.put("SPRING_CONFIG_LOCATION", "classpath:/");
    return environment;
  }
}
