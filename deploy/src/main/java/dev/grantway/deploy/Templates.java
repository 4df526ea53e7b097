package dev.grantway.deploy;

import dev.grantway.resource.ApiType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.iam.CfnRolePolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;

/**
 * The plain CloudFormation of {@code deploy/templates/}: the constructs with parameters in place of
 * what differs from account to account. Needs no bootstrapped account and holds no asset.
 */
public final class Templates {
  private static final String RECOMMENDED = "token+route";

  /** Where an empty text would be too short for what stands there. */
  private static final String NONE = "none";

  private Templates() {}

  /**
   * Writes all templates.
   *
   * @param arguments the folder to write into
   */
  public static void main(String[] arguments) throws Exception {
    Path into = Path.of(arguments[0]);
    Path work = Files.createTempDirectory("grantway-synth-");
    try {
      var app =
          App.Builder.create()
              .analyticsReporting(false)
              .treeMetadata(false)
              .outdir(work.toString());
      for (Path made : synthesise(app.build())) {
        Files.createDirectories(into);
        Files.writeString(
            into.resolve(made.getFileName().toString().replace(".template.json", ".json")),
            Files.readString(made) + "\n");
      }
    } finally {
      remove(work);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> doomed;
    try (Stream<Path> all = Files.walk(folder)) {
      doomed = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : doomed) {
      Files.delete(path);
    }
  }

  /** Synthesises all of them; the files that came of it. */
  static List<Path> synthesise(App app) throws IOException {
    table(stack(app, "policy-table"));
    rest(stack(app, "authorizer-rest-request"), RECOMMENDED, false);
    rest(stack(app, "authorizer-rest-token"), "token", true);
    http(stack(app, "authorizer-http"), false);
    http(stack(app, "authorizer-http-simple"), true);
    webSocket(stack(app, "authorizer-websocket"));
    admin(stack(app, "admin"));
    Path made = Path.of(app.synth().getDirectory());
    try (var files = Files.list(made)) {
      return files.filter(file -> file.toString().endsWith(".template.json")).sorted().toList();
    }
  }

  private static Stack stack(App app, String name) {
    return new Stack(
        app,
        name,
        StackProps.builder()
            .description("Grantway: " + name.replace('-', ' '))
            .synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .generateBootstrapVersionRule(false)
                    .build())
            .build());
  }

  private static void table(Stack stack) {
    var table = new PolicyTable(stack, "Policy").reference();
    output(stack, "TableName", table.name());
    output(stack, "TableArn", table.arn());
    output(stack, "TableKeyArn", table.keyArn());
  }

  private static void rest(Stack stack, String cacheKey, boolean tokenType) {
    var authorizer =
        authorizer(
            stack,
            ApiType.REST,
            cacheKey,
            Map.of(
                "GRANTWAY_RESOURCE_POLICY_FENCE",
                optional(
                    stack,
                    "ResourcePolicyFence",
                    "on where the API has a resource policy, which wins over an authorizer's"
                        + " silence; it halves the room of documents",
                    "off",
                    "on|off")));
    var api = RestApi.fromRestApiId(stack, "Api", apiId(stack));
    IAuthorizer attached = tokenType ? authorizer.attachToken(api) : authorizer.attachRequest(api);
    output(stack, "AuthorizerId", attached.getAuthorizerId());
  }

  private static void http(Stack stack, boolean simple) {
    var authorizer =
        authorizer(
            stack,
            ApiType.HTTP,
            RECOMMENDED,
            simple ? Map.of("GRANTWAY_SIMPLE_RESPONSES", "on") : Map.of());
    output(stack, "AuthorizerId", authorizer.attachHttp(apiId(stack)).getRef());
  }

  private static void webSocket(Stack stack) {
    var authorizer = authorizer(stack, ApiType.WEBSOCKET, "none", Map.of());
    output(stack, "AuthorizerId", authorizer.attachWebSocket(apiId(stack)).getRef());
  }

  private static GrantwayAuthorizer authorizer(
      Stack stack, ApiType api, String cacheKey, Map<String, String> more) {
    parameter(stack, "ApiId", "Id of the " + api + " API");
    var environment = new HashMap<>(more);
    environment.put(
        "GRANTWAY_ISSUERS",
        parameter(stack, "Issuers", "GRANTWAY_ISSUERS: JSON of docs/tokens.md, or file:PATH"));
    environment.put("GRANTWAY_CACHE_KEY", cacheKey);
    if (!cacheKey.equals("none")) {
      environment.put("GRANTWAY_CACHE_TTL", "300s");
    }
    var code =
        Code.fromBucket(
            Bucket.fromBucketName(
                stack, "Code", parameter(stack, "CodeBucket", "Bucket with the packaged zip")),
            parameter(stack, "CodeKey", "Key of the packaged zip in that bucket"));
    var authorizer =
        new GrantwayAuthorizer(
            stack,
            "Authorizer",
            AuthorizerSettings.of(tableOf(stack), code, environment)
                .named(
                    parameter(
                        stack,
                        "Release",
                        "Any text; another one publishes another version, so change it whenever"
                            + " you change anything else")));
    output(stack, "AliasArn", authorizer.alias().getFunctionArn());
    var stage = parameter(stack, "Stage", "Stage that alarms watch");
    var topic = parameter(stack, "AlarmTopicArn", "SNS topic that alarms tell");
    IAlarmAction action = new SnsAction(Topic.fromTopicArn(stack, "AlarmTopic", topic));
    var _ =
        new GrantwayAlarms(
            stack,
            "Alarms",
            authorizer.log(),
            Watched.of(
                apiId(stack),
                List.of(stage),
                List.of(parameter(stack, "IssuerAlias", "Alias of the issuer that alarms watch"))),
            Optional.of(action));
    return authorizer;
  }

  private static void admin(Stack stack) {
    var vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Vpc",
            VpcAttributes.builder()
                .vpcId(parameter(stack, "VpcId", "VPC"))
                .availabilityZones(List.of("a", "b"))
                .privateSubnetIds(
                    List.of(
                        parameter(stack, "PrivateSubnetA", "Private subnet in one zone"),
                        parameter(stack, "PrivateSubnetB", "Private subnet in another zone")))
                .build());
    var environment =
        new HashMap<>(
            Map.of(
                "GRANTWAY_OIDC_ISSUER",
                parameter(stack, "OidcIssuer", "Where operators sign in (https)"),
                "GRANTWAY_OIDC_CLIENT_ID",
                parameter(stack, "OidcClientId", "The client's id there"),
                "GRANTWAY_FIRST_OWNER",
                parameter(stack, "FirstOwner", "sub of the first owner"),
                "GRANTWAY_CACHE_TTL",
                optional(
                    stack,
                    "CacheTtl",
                    "The longest TTL of the stages' authorizer caches",
                    "300s",
                    "[0-9]+(s|m|h)?"),
                "GRANTWAY_WIRING_EVERY",
                optional(
                    stack,
                    "WiringEvery",
                    "How often the wiring of connected APIs is looked at; 0 for never",
                    "15m",
                    "[0-9]+(s|m|h)?")));
    String key =
        optional(
            stack,
            "CheckpointKeyArn",
            "ARN of the KMS key that signs checkpoints (ECC_NIST_EDWARDS25519); empty: none are"
                + " taken",
            "",
            "|arn:.+");
    CfnCondition hasKey = condition(stack, "HasCheckpointKey", key, "");
    environment.put(
        "GRANTWAY_CHECKPOINT_KEY",
        Fn.conditionIf(hasKey.getLogicalId(), "kms:" + key, "").toString());
    String folder =
        optional(
            stack,
            "CheckpointFolder",
            "s3://BUCKET/PREFIX of copies of checkpoints; empty: none are kept",
            "",
            "|s3://[^/]+/.*[^/]");
    environment.put("GRANTWAY_CHECKPOINT_FOLDER", folder);
    environment.put(
        "GRANTWAY_EXPORT_FOLDER",
        optional(
            stack,
            "ExportFolder",
            "Folder of the image, or of a volume that you add, where exports are kept; empty: until"
                + " a task ends",
            "",
            "|/.+"));
    environment.put(
        "GRANTWAY_LOG_FOLDER",
        optional(
            stack,
            "LogFolder",
            "Folder of a volume that you add, whose access logs are read; empty: none are",
            "",
            "|/.+"));
    var admin =
        new GrantwayAdmin(
            stack,
            "Admin",
            new AdminSettings(
                tableOf(stack),
                ContainerImage.fromRegistry(parameter(stack, "Image", "Image of the admin app")),
                vpc,
                Certificate.fromCertificateArn(
                    stack,
                    "Certificate",
                    parameter(stack, "CertificateArn", "Certificate of the name operators use")),
                List.of(parameter(stack, "AllowedFrom", "Addresses operators come from (CIDR)")),
                false,
                Secret.fromSecretCompleteArn(
                    stack,
                    "ClientSecret",
                    parameter(stack, "OidcClientArn", "Secret with the OIDC client's secret")),
                environment,
                List.of(
                    "arn:%s:apigateway:%s::/restapis/*/stages/*/cache/authorizers"
                        .formatted(stack.getPartition(), stack.getRegion()),
                    "arn:%s:apigateway:%s::/apis/*/stages/*/cache/authorizers"
                        .formatted(stack.getPartition(), stack.getRegion())),
                List.of(
                    "arn:%s:apigateway:%s::/restapis/*"
                        .formatted(stack.getPartition(), stack.getRegion()),
                    "arn:%s:apigateway:%s::/apis/*"
                        .formatted(stack.getPartition(), stack.getRegion())),
                2));
    for (Role role : List.of(admin.role(), admin.upkeepRole())) {
      signs(stack, role, hasKey, key);
      copies(stack, role, folder);
    }
    String topic =
        optional(
            stack,
            "AlarmTopicArn",
            "SNS topic that the alarms of upkeep tell; none: it only shows",
            NONE,
            NONE + "|arn:.+");
    CfnCondition hasTopic = condition(stack, "HasAlarmTopic", topic, NONE);
    for (Alarm alarm : admin.upkeepAlarms()) {
      ((CfnAlarm) Objects.requireNonNull(alarm.getNode().getDefaultChild()))
          .addPropertyOverride(
              "AlarmActions",
              Fn.conditionIf(hasTopic.getLogicalId(), List.of(topic), Fn.ref("AWS::NoValue")));
    }
    output(stack, "BalancerName", admin.balancer().getLoadBalancerDnsName());
  }

  /** Where the key of checkpoints is named. */
  private static void signs(Stack stack, Role role, CfnCondition hasKey, String key) {
    policy(
        stack,
        role.getNode().getId() + "SignCheckpoints",
        role,
        hasKey,
        allowed(List.of("kms:GetPublicKey", "kms:Sign"), List.of(key)));
  }

  /** Where the bucket of their copies is named. */
  private static void copies(Stack stack, Role role, String folder) {
    String all = "arn:" + stack.getPartition() + ":s3:::";
    String name = "HasCheckpointFolder";
    CfnCondition hasFolder =
        stack.getNode().tryFindChild(name) instanceof CfnCondition there
            ? there
            : condition(stack, name, folder, "");
    policy(
        stack,
        role.getNode().getId() + "CopyCheckpoints",
        role,
        hasFolder,
        allowed(
            List.of("s3:PutObject", "s3:GetObject"),
            List.of(all + Fn.select(1, Fn.split("s3://", folder)) + "/*")),
        allowed(
            List.of("s3:ListBucket", "s3:GetBucketObjectLockConfiguration"),
            List.of(all + Fn.select(2, Fn.split("/", folder)))));
  }

  private static CfnCondition condition(
      Stack stack, String name, String parameter, String otherwise) {
    return CfnCondition.Builder.create(stack, name)
        .expression(Fn.conditionNot(Fn.conditionEquals(parameter, otherwise)))
        .build();
  }

  private static void policy(
      Stack stack, String name, Role role, CfnCondition only, PolicyStatement... statements) {
    CfnRolePolicy.Builder.create(stack, name)
        .roleName(role.getRoleName())
        .policyName(name)
        .policyDocument(PolicyDocument.Builder.create().statements(List.of(statements)).build())
        .build()
        .getCfnOptions()
        .setCondition(only);
  }

  private static PolicyStatement allowed(List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
  }

  private static TableReference tableOf(Stack stack) {
    return new TableReference(
        parameter(stack, "TableName", "The table: output of policy-table"),
        parameter(stack, "TableArn", "Its ARN: output of policy-table"),
        parameter(stack, "TableKeyArn", "Its key's ARN: output of policy-table"));
  }

  private static String apiId(Stack stack) {
    return parameter(stack, "ApiId", "Id of the API");
  }

  private static String parameter(Stack stack, String name, String description) {
    if (stack.getNode().tryFindChild(name) instanceof CfnParameter there) {
      return there.getValueAsString();
    }
    var parameter =
        CfnParameter.Builder.create(stack, name).type("String").description(description);
    if (name.equals("OidcIssuer")) {
      parameter
          .allowedPattern("https://.+")
          .constraintDescription("an https URL: sign-ins could be read and changed otherwise");
    } else {
      parameter.minLength(1);
    }
    return parameter.build().getValueAsString();
  }

  /** One that need not be given. */
  private static String optional(
      Stack stack, String name, String description, String otherwise, String pattern) {
    return CfnParameter.Builder.create(stack, name)
        .type("String")
        .description(description)
        .defaultValue(otherwise)
        .allowedPattern(pattern)
        .build()
        .getValueAsString();
  }

  private static void output(Stack stack, String name, String value) {
    CfnOutput.Builder.create(stack, name).value(value).build();
  }
}
