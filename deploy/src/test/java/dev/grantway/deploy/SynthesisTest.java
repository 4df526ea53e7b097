package dev.grantway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantway.store.dynamodb.Partitions;
import dev.grantway.store.dynamodb.TableSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.MockIntegration;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * What synthesis gives. All in one class: each JVM that synthesises unpacks the CDK and starts a
 * Node process of its own.
 */
@Tag("synthesis")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynthesisTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path KEPT = Path.of("templates");
  private static final String TOKEN = "method.request.header.Authorization";
  private static final Duration TTL = Duration.ofSeconds(300);
  private static final String ISSUERS =
      """
      [{"alias":"corp","issuer":"https://issuer.example/","audiences":["a"],\
      "algorithms":["RS256"],"roles":["/roles"],"discovery":true}]""";

  private final Map<String, String> made = new TreeMap<>();

  @BeforeAll
  void synthesise(@TempDir Path folder) throws IOException {
    var all =
        Templates.synthesise(
            App.Builder.create()
                .analyticsReporting(false)
                .treeMetadata(false)
                .outdir(folder.toString())
                .build());
    for (Path one : all) {
      made.put(
          one.getFileName().toString().replace(".template.json", ".json"),
          Files.readString(one) + "\n");
    }
  }

  private static Stack stack() {
    return new Stack(App.Builder.create().analyticsReporting(false).treeMetadata(false).build());
  }

  private JsonNode template(String name) {
    try {
      return JSON.readTree(made.get(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GrantwayAuthorizer authorizer(Stack stack, Map<String, String> settings) {
    var environment = new HashMap<>(settings);
    environment.putIfAbsent("GRANTWAY_ISSUERS", ISSUERS);
    var code = Code.fromBucket(Bucket.fromBucketName(stack, "Code", "code"), "authorizer.zip");
    var table =
        new TableReference("policy", "arn:aws:dynamodb:x:1:table/policy", "arn:aws:kms:x:1:key/k");
    return new GrantwayAuthorizer(
        stack, "Authorizer", AuthorizerSettings.of(table, code, environment));
  }

  private static Map<String, String> settings(String cacheKey) {
    return cacheKey.equals("none")
        ? Map.of("GRANTWAY_CACHE_KEY", "none")
        : Map.of("GRANTWAY_CACHE_KEY", cacheKey, "GRANTWAY_CACHE_TTL", "300s");
  }

  @Test
  void theTemplatesThatAreKeptAreWhatSynthesisGives() throws IOException {
    var kept = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(KEPT)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
        kept.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(kept).as("`./grantway deploy synth` writes them").isEqualTo(made);
  }

  @Test
  void theTableIsTheOneThatTheSandboxMakes() {
    var asked = new ArrayList<Object>();
    assertThatThrownBy(() -> TableSetup.create(noting(asked), "policy"))
        .isInstanceOf(EnoughException.class);
    var create = (CreateTableRequest) asked.get(0);
    var expiry = ((UpdateTimeToLiveRequest) asked.get(1)).timeToLiveSpecification();
    var table = new TreeMap<String, Object>();
    table.put("BillingMode", create.billingModeAsString());
    table.put(
        "AttributeDefinitions",
        create.attributeDefinitions().stream()
            .map(
                it ->
                    Map.of(
                        "AttributeName", it.attributeName(),
                        "AttributeType", it.attributeTypeAsString()))
            .toList());
    table.put(
        "KeySchema",
        create.keySchema().stream()
            .map(it -> Map.of("AttributeName", it.attributeName(), "KeyType", it.keyTypeAsString()))
            .toList());
    table.put(
        "TimeToLiveSpecification",
        Map.of("AttributeName", expiry.attributeName(), "Enabled", expiry.enabled()));
    assertThat(create.hasGlobalSecondaryIndexes()).isFalse();
    table.put("GlobalSecondaryIndexes", Match.absent());
    table.put("LocalSecondaryIndexes", Match.absent());
    Template.fromJSON(asMap("policy-table.json"))
        .hasResourceProperties("AWS::DynamoDB::Table", table);
  }

  /** Ends a set-up of the table once it has said what it wants. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static DynamoDbClient noting(List<Object> asked) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "waiter" ->
                      Proxy.newProxyInstance(
                          DynamoDbWaiter.class.getClassLoader(),
                          new Class<?>[] {DynamoDbWaiter.class},
                          (waiter, wait, what) -> null);
                  case "putItem" -> throw new EnoughException();
                  default -> {
                    if (arguments[0] instanceof DynamoDbRequest request) {
                      asked.add(request);
                      yield null;
                    }
                    yield InvocationHandler.invokeDefault(proxy, method, arguments);
                  }
                });
  }

  @Test
  void theTableIsProtected() {
    var table = Template.fromJSON(asMap("policy-table.json"));
    table.hasResource(
        "AWS::DynamoDB::Table",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "UpdateReplacePolicy",
            "Retain",
            "Properties",
            Match.objectLike(
                Map.of(
                    "DeletionProtectionEnabled",
                    true,
                    "PointInTimeRecoverySpecification",
                    Map.of("PointInTimeRecoveryEnabled", true, "RecoveryPeriodInDays", 35),
                    "SSESpecification",
                    Match.objectLike(Map.of("SSEEnabled", true, "SSEType", "KMS"))))));
    table.hasResourceProperties("AWS::KMS::Key", Map.of("EnableKeyRotation", true));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(String name) {
    return JSON.convertValue(template(name), Map.class);
  }

  @ParameterizedTest
  @CsvSource({"token+route,300", "token,300", "none,0", "token+route+header:x,300"})
  void aRestApiAsksWithTypeRequestUnderWhatIsDeclared(String cacheKey, int ttl) {
    var stack = stack();
    var api = RestApi.fromRestApiId(stack, "Api", "a1b2c3d4e5");
    var attached = authorizer(stack, settings(cacheKey)).attachRequest(api);
    assertThat(attached.getAuthorizerId()).isNotEmpty();
    var sources = new ArrayList<>(List.of(TOKEN));
    if (cacheKey.startsWith("token+route")) {
      sources.addAll(List.of("context.httpMethod", "context.resourcePath"));
    }
    if (cacheKey.endsWith("header:x")) {
      sources.add("method.request.header.x");
    }
    var template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::ApiGateway::Authorizer",
        Map.of(
            "Type",
            "REQUEST",
            "IdentitySource",
            String.join(",", sources),
            "AuthorizerResultTtlInSeconds",
            ttl,
            "RestApiId",
            "a1b2c3d4e5"));
    assertServed(template, cacheKey);
    for (var status :
        Map.of(
                "UNAUTHORIZED", "401",
                "ACCESS_DENIED", "403",
                "AUTHORIZER_CONFIGURATION_ERROR", "503",
                "AUTHORIZER_FAILURE", "503")
            .entrySet()) {
      template.hasResourceProperties(
          "AWS::ApiGateway::GatewayResponse",
          Map.of("ResponseType", status.getKey(), "StatusCode", status.getValue()));
    }
    template.hasResourceProperties(
        "AWS::ApiGateway::GatewayResponse",
        Map.of(
            "ResponseType",
            "UNAUTHORIZED",
            "ResponseParameters",
            Map.of("gatewayresponse.header.WWW-Authenticate", "'Bearer'")));
    template.hasResourceProperties(
        "AWS::ApiGateway::GatewayResponse",
        Map.of(
            "ResponseType",
            "ACCESS_DENIED",
            "ResponseParameters",
            Map.of("gatewayresponse.header.x-grantway-document", "context.authorizer.document")));
  }

  @ParameterizedTest
  @CsvSource({"token,300", "none,0"})
  void aRestApiAsksWithTypeToken(String cacheKey, int ttl) {
    var stack = stack();
    var api = RestApi.fromRestApiId(stack, "Api", "a1b2c3d4e5");
    authorizer(stack, settings(cacheKey)).attachToken(api);
    var template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::ApiGateway::Authorizer",
        Map.of("Type", "TOKEN", "IdentitySource", TOKEN, "AuthorizerResultTtlInSeconds", ttl));
    assertServed(template, cacheKey);
  }

  @ParameterizedTest
  @CsvSource({
    "token+route,false,300",
    "token,false,300",
    "none,false,0",
    "token+route,true,300",
    "none,true,0"
  })
  void anHttpApiAsks(String cacheKey, boolean simple, int ttl) {
    var stack = stack();
    var settings = new HashMap<>(settings(cacheKey));
    if (simple) {
      settings.put("GRANTWAY_SIMPLE_RESPONSES", "on");
    }
    authorizer(stack, settings).attachHttp("h1");
    var sources = new ArrayList<>(List.of("$request.header.Authorization"));
    if (cacheKey.equals("token+route")) {
      sources.addAll(List.of("$context.routeKey", "$context.stage"));
    }
    var template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::ApiGatewayV2::Authorizer",
        Map.of(
            "ApiId",
            "h1",
            "AuthorizerType",
            "REQUEST",
            "AuthorizerPayloadFormatVersion",
            "2.0",
            "EnableSimpleResponses",
            simple,
            "IdentitySource",
            sources,
            "AuthorizerResultTtlInSeconds",
            ttl));
    assertServed(template, cacheKey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "token", "token+route"})
  void aWebSocketApiAsksAndKeepsNothing(String cacheKey) {
    var stack = stack();
    authorizer(stack, settings(cacheKey)).attachWebSocket("w1");
    var template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::ApiGatewayV2::Authorizer",
        Map.of(
            "ApiId",
            "w1",
            "AuthorizerType",
            "REQUEST",
            "AuthorizerResultTtlInSeconds",
            Match.absent(),
            "IdentitySource",
            List.of("route.request.header.Authorization")));
    assertServed(template, cacheKey);
  }

  /** A published version with SnapStart behind an alias, which API Gateway alone may ask. */
  private static void assertServed(Template template, String cacheKey) {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Handler",
            "dev.grantway.authorizer.AuthorizerHandler",
            "Runtime",
            "java25",
            "SnapStart",
            Map.of("ApplyOn", "PublishedVersions"),
            "Environment",
            Map.of(
                "Variables",
                Match.objectLike(
                    Map.of(
                        "GRANTWAY_CACHE_KEY", cacheKey,
                        "GRANTWAY_TABLE", "policy",
                        "GRANTWAY_ISSUERS", ISSUERS)))));
    template.resourceCountIs("AWS::Lambda::Version", 1);
    template.hasResourceProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
    template.resourceCountIs("AWS::Lambda::Permission", 1);
    var alias = template.findResources("AWS::Lambda::Alias").keySet().iterator().next();
    template.hasResourceProperties(
        "AWS::Lambda::Permission",
        Map.of(
            "Principal", "apigateway.amazonaws.com",
            "FunctionName", Map.of("Ref", alias),
            "SourceArn", Match.anyValue()));
  }

  private void refuses(ThrowingCallable unsafe, String... said) {
    assertThatThrownBy(unsafe)
        .isInstanceOf(UnsafeWiringException.class)
        .hasMessageContainingAll(said);
  }

  @Test
  void aMissingTokenFailsSynthesis() {
    var stack = stack();
    var authorizer = authorizer(stack, settings("token+route"));
    var api = RestApi.fromRestApiId(stack, "Api", "a1");
    refuses(
        () ->
            authorizer.attachRequest(
                api, List.of("context.httpMethod", "context.resourcePath"), TTL),
        "token-is-no-source",
        "one caller's answer serves others",
        "make `method.request.header.Authorization` an identity source");
  }

  @Test
  void aMissingRouteFailsSynthesis() {
    var stack = stack();
    var authorizer = authorizer(stack, settings("token+route"));
    var api = RestApi.fromRestApiId(stack, "Api", "a1");
    refuses(
        () -> authorizer.attachRequest(api, List.of(TOKEN), TTL),
        "route-is-no-source",
        "`context.httpMethod`, `context.resourcePath`");
    refuses(() -> authorizer.attachToken(api), "token-type-under-route", "type REQUEST");
  }

  @Test
  void simpleAnswersThatAreCachedUnderTheTokenOnlyFailSynthesis() {
    refuses(
        () ->
            authorizer(
                stack(),
                Map.of(
                    "GRANTWAY_CACHE_KEY", "token",
                    "GRANTWAY_CACHE_TTL", "300s",
                    "GRANTWAY_SIMPLE_RESPONSES", "on")),
        "GRANTWAY_SIMPLE_RESPONSES",
        "$context.routeKey");
    var settings = new HashMap<>(settings("token+route"));
    settings.put("GRANTWAY_SIMPLE_RESPONSES", "on");
    var authorizer = authorizer(stack(), settings);
    refuses(
        () -> authorizer.attachHttp("h1", List.of("$request.header.Authorization"), TTL),
        "simple-cached-by-token",
        "opens what was never granted",
        "`$context.routeKey`");
  }

  @Test
  void aTtlOverTheRevocationBudgetFailsSynthesis() {
    var stack = stack();
    var code = Code.fromBucket(Bucket.fromBucketName(stack, "Code", "code"), "authorizer.zip");
    var environment = new HashMap<>(settings("token"));
    environment.put("GRANTWAY_ISSUERS", ISSUERS);
    var settings =
        AuthorizerSettings.of(new TableReference("t", "arn:t", "arn:k"), code, environment)
            .withRevocationBudget(Duration.ofSeconds(60));
    var authorizer = new GrantwayAuthorizer(stack, "Authorizer", settings);
    refuses(() -> authorizer.attachHttp("h1"), "ttl-over-budget", "300 s", "60 s", "lower the TTL");
  }

  @Test
  void aResourcePolicyWithoutTheFenceFailsSynthesis() {
    var stack = stack();
    var authorizer = authorizer(stack, settings("token"));
    var api =
        RestApi.Builder.create(stack, "Api")
            .policy(PolicyDocument.Builder.create().build())
            .build();
    refuses(
        () -> authorizer.attachRequest(api),
        "no-fence",
        "set `GRANTWAY_RESOURCE_POLICY_FENCE` to `on`");
    var fenced = new HashMap<>(settings("token"));
    fenced.put("GRANTWAY_RESOURCE_POLICY_FENCE", "on");
    var other = stack();
    var open =
        RestApi.Builder.create(other, "Api")
            .policy(PolicyDocument.Builder.create().build())
            .build();
    var attached = authorizer(other, fenced).attachRequest(open);
    open.getRoot()
        .addMethod(
            "GET", new MockIntegration(), MethodOptions.builder().authorizer(attached).build());
    var template = Template.fromStack(other);
    var ids = template.findResources("AWS::ApiGateway::Authorizer").keySet();
    template.hasResourceProperties(
        "AWS::ApiGateway::Method",
        Map.of(
            "AuthorizationType", "CUSTOM", "AuthorizerId", Map.of("Ref", ids.iterator().next())));
  }

  @Test
  void settingsThatTheFunctionWouldRefuseFailSynthesisAllAtOnce() {
    refuses(
        () ->
            authorizer(
                stack(),
                Map.of(
                    "GRANTWAY_CACHE_KEY", "tokens",
                    "GRANTWAY_CACHE_TTL", "2h",
                    "GRANTWAY_STALE_LIMIT", "ages")),
        "GRANTWAY_CACHE_KEY",
        "GRANTWAY_CACHE_TTL",
        "GRANTWAY_STALE_LIMIT");
  }

  private AdminSettings admin(
      Stack stack, boolean internetFacing, String from, Map<String, String> environment) {
    return new AdminSettings(
        new TableReference("t", "arn:aws:dynamodb:x:1:table/t", "arn:aws:kms:x:1:key/k"),
        ContainerImage.fromRegistry("admin"),
        new Vpc(stack, "Vpc"),
        Certificate.fromCertificateArn(stack, "Cert", "arn:aws:acm:x:1:certificate/c"),
        List.of(from),
        internetFacing,
        Secret.fromSecretNameV2(stack, "Secret", "secret"),
        environment,
        List.of(),
        List.of(),
        1);
  }

  @Test
  void anAdminAppThatIsOpenOrCannotSignInFailsSynthesis() {
    var stack = stack();
    var settings =
        admin(
            stack,
            true,
            "0.0.0.0/0",
            Map.of("GRANTWAY_OIDC_ISSUER", "http://issuer.example", "GRANTWAY_TABLE", "t"));
    refuses(
        () -> new GrantwayAdmin(stack, "Admin", settings),
        "open to the whole internet",
        "GRANTWAY_OIDC_CLIENT_ID is not set",
        "GRANTWAY_OIDC_ISSUER is not https",
        "GRANTWAY_TABLE is set by the construct");
  }

  @Test
  void theAdminAppIsBehindTlsWithStickySessions() {
    var template = Template.fromJSON(asMap("admin.json"));
    template.resourceCountIs("AWS::ElasticLoadBalancingV2::Listener", 1);
    template.hasResourceProperties(
        "AWS::ElasticLoadBalancingV2::Listener", Map.of("Port", 443, "Protocol", "HTTPS"));
    template.hasResourceProperties(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        Map.of(
            "HealthCheckPath",
            "/health/live",
            "TargetGroupAttributes",
            Match.arrayWith(List.of(Map.of("Key", "stickiness.enabled", "Value", "true")))));
    template.hasResourceProperties("AWS::ECS::Service", Map.of("DesiredCount", 2));
    for (String upkeep : List.of("on", "off")) {
      template.hasResourceProperties(
          "AWS::ECS::TaskDefinition",
          Map.of(
              "ContainerDefinitions",
              Match.arrayWith(
                  List.of(
                      Match.objectLike(
                          Map.of(
                              "Environment",
                              Match.arrayWith(
                                  List.of(
                                      Map.of("Name", "GRANTWAY_LOG_FORMAT", "Value", "ecs"),
                                      Map.of("Name", "GRANTWAY_UPKEEP", "Value", upkeep)))))))));
    }
  }

  static List<String> authorizers() {
    return List.of(
        "authorizer-rest-request.json",
        "authorizer-rest-token.json",
        "authorizer-http.json",
        "authorizer-http-simple.json",
        "authorizer-websocket.json");
  }

  @ParameterizedTest
  @MethodSource("authorizers")
  void anAuthorizerReadsThePolicyReportsItselfAndNoMore(String name) {
    var role = RolePolicy.of(template(name), "AuthorizerRole");
    for (String pattern : Partitions.READ_BY_AUTHORIZERS) {
      for (String action : List.of("GetItem", "Query", "BatchGetItem")) {
        assertThat(role.allows(action, pattern.replace("*", "x"))).as(action + pattern).isTrue();
      }
      for (String action : List.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")) {
        assertThat(role.allows(action, pattern.replace("*", "x"))).as(action + pattern).isFalse();
      }
    }
    assertThat(role.allows("PutItem", "BEAT")).isTrue();
    for (String foreign :
        List.of("DRAFTS", "ACT#2026-11-26", "REVS", "LOG#7", "OPERATORS", "HEADS")) {
      assertThat(role.allows("Query", foreign)).as(foreign).isFalse();
      assertThat(role.allows("GetItem", foreign)).as(foreign).isFalse();
      assertThat(role.allows("PutItem", foreign)).as(foreign).isFalse();
    }
    for (String action :
        List.of("Scan", "GetItem", "Query", "PutItem", "PartiQLSelect", "DeleteTable")) {
      assertThat(role.allows(action, "")).as(action + " of no partition").isFalse();
    }
    assertThat(role.decrypts("dynamodb.eu-central-1.amazonaws.com")).isTrue();
    assertThat(role.decrypts("s3.eu-central-1.amazonaws.com")).isFalse();
    assertThat(role.allowsAnywhere("apigateway:DELETE")).isFalse();
    assertThat(role.allowsAnywhere("logs:PutLogEvents")).isTrue();
  }

  @Test
  void theAppAddsToRecordsAndNeverChangesOrDeletesThem() {
    var role = RolePolicy.of(template("admin.json"), "AdminRole");
    assertEverydayWork(role);
    for (String pattern : Partitions.RECORDS) {
      String record = pattern.replace("*", "2026-11-26");
      assertThat(role.allows("PutItem", record)).as(record).isTrue();
      for (String action : List.of("UpdateItem", "DeleteItem", "BatchWriteItem")) {
        assertThat(role.allows(action, record)).as(action + record).isFalse();
      }
    }
  }

  @Test
  void upkeepDeletesLeftoversOfRecordsAndNoActivity() {
    var role = RolePolicy.of(template("admin.json"), "AdminUpkeepRole");
    assertEverydayWork(role);
    for (String record : Partitions.SWEPT_RECORDS) {
      assertThat(role.allows("BatchWriteItem", record)).as(record).isTrue();
    }
    for (String record : List.of("ACT", "ACT#2026-11-26", "CHECKS")) {
      assertThat(role.allows("PutItem", record)).as(record).isTrue();
      for (String action : List.of("UpdateItem", "DeleteItem", "BatchWriteItem")) {
        assertThat(role.allows(action, record)).as(action + record).isFalse();
      }
    }
  }

  /** What an app does all day, and what no part of it ever does. */
  private static void assertEverydayWork(RolePolicy role) {
    for (String pattern : Partitions.batchedByAdmin()) {
      assertThat(role.allows("BatchWriteItem", pattern.replace("*", "x"))).as(pattern).isTrue();
    }
    for (String pattern : Partitions.CHANGED_IN_PLACE) {
      assertThat(role.allows("UpdateItem", pattern.replace("*", "7"))).as(pattern).isTrue();
    }
    for (String partition :
        List.of("HEAD", "DRAFT#x", "OPERATORS", "CHOSEN", "BEAT", "MEMBERS", "WIRED")) {
      assertThat(role.allows("GetItem", partition)).as(partition).isTrue();
      assertThat(role.allows("Query", partition)).as(partition).isTrue();
      assertThat(role.allows("PutItem", partition))
          .as(partition)
          .isEqualTo(!partition.equals("HEAD"));
      assertThat(role.allows("DeleteItem", partition)).as(partition).isFalse();
    }
    assertThat(role.allows("BatchWriteItem", "HEAD")).isFalse();
    assertThat(role.allows("UpdateItem", "ROLE#x")).isFalse();
    for (String action :
        List.of(
            "Scan",
            "BatchWriteItem",
            "UpdateItem",
            "DeleteTable",
            "UpdateTable",
            "PartiQLDelete")) {
      assertThat(role.allows(action, "")).as(action).isFalse();
    }
  }

  @Test
  void onlyFlushesAndReadsAreAllowedAtApiGateway() {
    for (String name : List.of("AdminRole", "AdminUpkeepRole")) {
      var role = RolePolicy.of(template("admin.json"), name);
      assertThat(role.allowsAnywhere("apigateway:DELETE")).isTrue();
      assertThat(role.allowsAnywhere("apigateway:GET")).isTrue();
      for (String change : List.of("PATCH", "POST", "PUT")) {
        assertThat(role.allowsAnywhere("apigateway:" + change)).as(change).isFalse();
      }
      assertThat(role.resources("apigateway:DELETE"))
          .hasSize(2)
          .allMatch(it -> it.endsWith("/stages/*/cache/authorizers"));
      assertThat(role.resources("apigateway:GET"))
          .extracting(it -> it.substring(it.indexOf("::")))
          .containsExactlyInAnyOrder("::/restapis/*", "::/apis/*");
    }
    assertThat(made.get("admin.json"))
        .contains(
            "::/restapis/*/stages/*/cache/authorizers", "::/apis/*/stages/*/cache/authorizers");
  }

  @Test
  void anAppThatIsToldOfNoApiAsksApiGatewayNothing() {
    var stack = stack();
    var _ =
        new GrantwayAdmin(
            stack,
            "Admin",
            admin(
                stack,
                false,
                "10.0.0.0/8",
                Map.of(
                    "GRANTWAY_OIDC_ISSUER",
                    "https://issuer.example",
                    "GRANTWAY_OIDC_CLIENT_ID",
                    "c")));
    assertThat(Template.fromStack(stack).toJSON().toString()).doesNotContain("apigateway:");
  }

  @Test
  void checkpointsAreSignedAndCopiedOnlyWhereTheirKeyAndBucketAreNamed() {
    JsonNode admin = template("admin.json");
    var policies = new ArrayList<String>();
    for (JsonNode resource : admin.path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::IAM::RolePolicy")) {
        policies.add(
            resource.path("Condition").asText()
                + " "
                + resource.at("/Properties/PolicyDocument/Statement/0/Action/0").asText());
      }
    }
    assertThat(policies)
        .containsExactlyInAnyOrder(
            "HasCheckpointKey kms:GetPublicKey",
            "HasCheckpointKey kms:GetPublicKey",
            "HasCheckpointFolder s3:PutObject",
            "HasCheckpointFolder s3:PutObject");
    assertThat(admin.at("/Conditions/HasCheckpointKey").toString())
        .isEqualTo("{\"Fn::Not\":[{\"Fn::Equals\":[{\"Ref\":\"CheckpointKeyArn\"},\"\"]}]}");
    assertThat(template("admin.json").toString())
        .contains(
            "{\"Fn::If\":[\"HasCheckpointKey\",{\"Fn::Join\":[\"\",[\"kms:\",{\"Ref\":\"CheckpointKeyArn\"}]]},\"\"]}");
    for (String name :
        List.of("CheckpointKeyArn", "CheckpointFolder", "ExportFolder", "LogFolder")) {
      assertThat(admin.at("/Parameters/" + name + "/Default").asText("none")).as(name).isEmpty();
    }
    assertThat(admin.at("/Parameters/CacheTtl/Default").asText()).isEqualTo("300s");
  }

  @Test
  void upkeepThatIsNotDoneIsAnAlarmAndTellsATopicWhereOneIsNamed() {
    var template = Template.fromJSON(asMap("admin.json"));
    for (String words : List.of("is left for the next hour", "upkeep is done")) {
      template.hasResourceProperties(
          "AWS::Logs::MetricFilter", Map.of("FilterPattern", "\"" + words + "\""));
    }
    alarmsOfUpkeep(template, "UpkeepLeft", "GreaterThanThreshold", "notBreaching");
    alarmsOfUpkeep(template, "UpkeepDone", "LessThanThreshold", "breaching");
  }

  private static void alarmsOfUpkeep(
      Template template, String metric, String comparison, String missing) {
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of(
            "MetricName",
            metric,
            "ComparisonOperator",
            comparison,
            "TreatMissingData",
            missing,
            "EvaluationPeriods",
            3,
            "AlarmActions",
            Map.of(
                "Fn::If",
                List.of(
                    "HasAlarmTopic",
                    List.of(Map.of("Ref", "AlarmTopicArn")),
                    Map.of("Ref", "AWS::NoValue")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorizer-rest-request.json", "authorizer-rest-token.json"})
  void theFenceOfAResourcePolicyIsAParameter(String name) {
    assertThat(template(name).at("/Parameters/ResourcePolicyFence/Default").asText())
        .isEqualTo("off");
    assertThat(template(name).toString())
        .contains("\"GRANTWAY_RESOURCE_POLICY_FENCE\":{\"Ref\":\"ResourcePolicyFence\"}");
  }

  @Test
  void aWebSocketApiIsJudgedByTheOneSourceThatIsAttached() {
    var stack = stack();
    var authorizer =
        authorizer(
            stack, Map.of("GRANTWAY_CACHE_KEY", "token+header:x", "GRANTWAY_CACHE_TTL", "300s"));
    authorizer.attachWebSocket("w1");
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::ApiGatewayV2::Authorizer",
            Map.of("IdentitySource", List.of("route.request.header.Authorization")));
  }

  @Test
  void alarmsAreSetOnWhatTheAuthorizerReports() {
    var names = new ArrayList<String>();
    for (JsonNode resource : template("authorizer-rest-request.json").path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        var properties = resource.path("Properties");
        names.add(properties.path("MetricName").asText());
        assertThat(properties.path("Namespace").asText()).isEqualTo("Grantway");
        assertThat(properties.path("AlarmActions")).hasSize(1);
        assertThat(properties.path("TreatMissingData").asText()).isEqualTo("notBreaching");
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "Failed",
            "Stale",
            "HeadAge",
            "Alarms",
            "Narrowed",
            "DocumentBytes",
            "KeySetFailures",
            "KeysSkipped");
  }

  @ParameterizedTest
  @MethodSource("authorizers")
  void theAgeOfHeadIsOnTheDashboardAndAnAlarmAtHalfTheStaleLimit(String name) {
    var alarms = new ArrayList<JsonNode>();
    var boards = new ArrayList<String>();
    for (JsonNode resource : template(name).path("Resources")) {
      var properties = resource.path("Properties");
      if (properties.path("MetricName").asText().equals("HeadAge")) {
        alarms.add(properties);
      }
      if (resource.path("Type").asText().equals("AWS::CloudWatch::Dashboard")) {
        boards.add(properties.path("DashboardBody").toString());
      }
    }
    assertThat(alarms).hasSize(1);
    var alarm = alarms.getFirst();
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(150_000);
    assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
    assertThat(alarm.path("Period").asInt()).isEqualTo(60);
    assertThat(alarm.path("Dimensions"))
        .extracting(it -> it.path("Name").asText())
        .containsExactly("api", "stage");
    assertThat(boards).hasSize(1);
    for (String metric :
        List.of(
            "Allowed",
            "Denied",
            "Unauthorized",
            "Failed",
            "Stale",
            "HeadAge",
            "Narrowed",
            "DocumentBytes")) {
      assertThat(boards.getFirst()).contains("\\\"" + metric + "\\\"");
    }
  }

  @Test
  void anAlarmOfOldHeadsWaitsForWhatALiveTableMayLeave() {
    var minutes = Duration.ofMinutes(5);
    assertThat(watched(Duration.ofSeconds(5), minutes)).isEqualTo(Duration.ofSeconds(150));
    assertThat(watched(minutes, minutes)).isEqualTo(Duration.ofSeconds(310));
    assertThat(watched(Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(10));
  }

  private static Duration watched(Duration maxAge, Duration staleLimit) {
    return new Watched("a", List.of("s"), List.of("i"), 8_192, maxAge, staleLimit).oldHead();
  }
}
