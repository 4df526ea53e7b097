package dev.grantway.deploy;

import dev.grantway.authorizer.ConfigurationCheck;
import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.resource.ApiType;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.Declared;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.GatewayResponses;
import dev.grantway.wiring.Wiring;
import dev.grantway.wiring.WiringFault;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.apigateway.CfnAuthorizer;
import software.amazon.awscdk.services.apigateway.CfnGatewayResponse;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.IRestApi;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The authorizer: a published version with SnapStart behind the alias {@code live}, a role that
 * reads the policy and writes heartbeats and nothing else, and its log. Settings that the function
 * would refuse, and unsafe attachments, fail synthesis with an {@link UnsafeWiringException}.
 */
public final class GrantwayAuthorizer extends Construct {
  /** What the function runs: CONTRACT. */
  public static final String HANDLER = "dev.grantway.authorizer.AuthorizerHandler";

  private static final String ISSUERS = "GRANTWAY_ISSUERS";
  private static final int TIMEOUT_SECONDS = 10;

  /** Stands for issuers that are known at deployment only. */
  private static final String SOME_ISSUER =
      """
      [{"alias":"later","issuer":"https://issuer.example/","audiences":["later"],\
      "algorithms":["RS256"],"roles":["/roles"],"discovery":true}]""";

  private final AuthorizerSettings settings;
  private final Declared declared;
  private final LogGroup log;
  private final Alias alias;
  private final Set<String> answered = new HashSet<>();

  public GrantwayAuthorizer(Construct scope, String id, AuthorizerSettings settings) {
    super(scope, id);
    this.settings = settings;
    this.declared = check(settings.environment());
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_YEAR)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    var function =
        Function.Builder.create(this, "Function")
            .description("Grantway: answers API Gateway by the policy in the table")
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler(HANDLER)
            .code(settings.code())
            .memorySize(settings.memoryMegabytes())
            .timeout(Duration.seconds(TIMEOUT_SECONDS))
            .environment(environment())
            .role(role())
            .logGroup(log)
            .loggingFormat(LoggingFormat.TEXT)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            // What a roll back moves the alias to.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build())
            .build();
    var version = function.getCurrentVersion();
    settings
        .release()
        .ifPresent(
            release ->
                ((CfnVersion) Objects.requireNonNull(version.getNode().getDefaultChild()))
                    .setDescription(release));
    alias = Alias.Builder.create(this, "Live").aliasName("live").version(version).build();
  }

  /** What is attached: never the unpublished function. */
  public Alias alias() {
    return alias;
  }

  /** Where decisions are logged. */
  public LogGroup log() {
    return log;
  }

  /**
   * Attaches to a REST API with type REQUEST, cached under what the settings declare, and gives the
   * API responses that say what to do. Use the result as the authorizer of methods; a deployed
   * stage needs a new deployment.
   */
  public IAuthorizer attachRequest(IRestApi api) {
    return attachRequest(api, Wiring.sourcesFor(ApiType.REST, declared), declared.cacheTtl());
  }

  /**
   * The same with identity sources and TTL of one's own.
   *
   * @param identitySources such as {@code method.request.header.Authorization}
   */
  public IAuthorizer attachRequest(
      IRestApi api, List<String> identitySources, java.time.Duration ttl) {
    var attachment =
        new Attachment(ApiType.REST, false, identitySources, ttl, false, hasPolicy(api));
    return new RestAuthorizer(rest(api.getRestApiId(), attachment).getRef());
  }

  /** Attaches to a REST API with type TOKEN, for the cache keys {@code token} and {@code none}. */
  public IAuthorizer attachToken(IRestApi api) {
    var sources = List.of(Wiring.sourcesFor(ApiType.REST, declared).getFirst());
    var attachment =
        new Attachment(ApiType.REST, true, sources, declared.cacheTtl(), false, hasPolicy(api));
    return new RestAuthorizer(rest(api.getRestApiId(), attachment).getRef());
  }

  /**
   * Attaches to an HTTP API by its id, cached under what the settings declare, with payload 2.0.
   * Its routes name the result's id with authorization type {@code CUSTOM}.
   */
  public software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer attachHttp(String apiId) {
    return attachHttp(apiId, Wiring.sourcesFor(ApiType.HTTP, declared), declared.cacheTtl());
  }

  /**
   * The same with identity sources and TTL of one's own.
   *
   * @param identitySources such as {@code $request.header.Authorization}
   */
  public software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer attachHttp(
      String apiId, List<String> identitySources, java.time.Duration ttl) {
    judge(new Attachment(ApiType.HTTP, false, identitySources, ttl, declared.simple(), false));
    String name = free("Http");
    var authorizer =
        software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer.Builder.create(this, name)
            .apiId(apiId)
            .name("grantway")
            .authorizerType("REQUEST")
            .authorizerUri(uri())
            .authorizerPayloadFormatVersion("2.0")
            .enableSimpleResponses(declared.simple())
            .identitySource(identitySources)
            .authorizerResultTtlInSeconds(ttl.toSeconds())
            .build();
    allow(name, apiId, authorizer.getRef());
    return authorizer;
  }

  /** Attaches to a WebSocket API by its id; its route {@code $connect} names the result's id. */
  public software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer attachWebSocket(String apiId) {
    var sources = Wiring.sourcesFor(ApiType.WEBSOCKET, declared).subList(0, 1);
    judge(
        new Attachment(
            ApiType.WEBSOCKET, false, sources, java.time.Duration.ZERO, declared.simple(), false));
    String name = free("WebSocket");
    var authorizer =
        software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer.Builder.create(this, name)
            .apiId(apiId)
            .name("grantway")
            .authorizerType("REQUEST")
            .authorizerUri(uri())
            .identitySource(sources)
            .build();
    allow(name, apiId, authorizer.getRef());
    return authorizer;
  }

  private CfnAuthorizer rest(String apiId, Attachment attachment) {
    judge(attachment);
    String name = free(attachment.tokenType() ? "Token" : "Request");
    var authorizer =
        CfnAuthorizer.Builder.create(this, name)
            .restApiId(apiId)
            .name("grantway-" + (attachment.tokenType() ? "token" : "request"))
            .type(attachment.tokenType() ? "TOKEN" : "REQUEST")
            .authorizerUri(uri())
            .identitySource(String.join(",", attachment.identitySources()))
            .authorizerResultTtlInSeconds(attachment.ttl().toSeconds())
            .build();
    allow(name, apiId, authorizer.getRef());
    if (answered.add(apiId)) {
      responses(name, apiId);
    }
    return authorizer;
  }

  /** What callers see; none tells more than API Gateway's own, but which document refused. */
  private void responses(String name, String apiId) {
    for (GatewayResponse wanted : GatewayResponses.WANTED) {
      CfnGatewayResponse.Builder.create(this, name + suffix(wanted.type()))
          .restApiId(apiId)
          .responseType(wanted.type())
          .statusCode(wanted.status())
          .responseParameters(wanted.parameters())
          .responseTemplates(wanted.templates())
          .build();
    }
  }

  /** Stable names: another one would make CloudFormation replace a response by itself. */
  private static String suffix(String type) {
    return switch (type) {
      case "UNAUTHORIZED" -> "Unauthorized";
      case "ACCESS_DENIED" -> "Denied";
      case "AUTHORIZER_CONFIGURATION_ERROR" -> "Error";
      case "AUTHORIZER_FAILURE" -> "Failure";
      default -> throw new IllegalStateException("no gateway response `" + type + "` is made");
    };
  }

  private void judge(Attachment attachment) {
    var faults =
        Wiring.faults(attachment, declared, settings.revocationBudget()).stream()
            .filter(WiringFault::asksForAChange)
            .toList();
    if (!faults.isEmpty()) {
      throw new UnsafeWiringException(faults.stream().map(WiringFault::text).toList());
    }
  }

  private static boolean hasPolicy(IRestApi api) {
    return api.getNode().getDefaultChild() instanceof CfnRestApi made && made.getPolicy() != null;
  }

  private void allow(String name, String apiId, String authorizerId) {
    CfnPermission.Builder.create(this, name + "MayAsk")
        .action("lambda:InvokeFunction")
        .functionName(alias.getFunctionArn())
        .principal("apigateway.amazonaws.com")
        .sourceArn(
            "arn:%s:execute-api:%s:%s:%s/authorizers/%s"
                .formatted(
                    stack().getPartition(),
                    stack().getRegion(),
                    stack().getAccount(),
                    apiId,
                    authorizerId))
        .build();
  }

  private String uri() {
    return "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
        .formatted(stack().getPartition(), stack().getRegion(), alias.getFunctionArn());
  }

  private Stack stack() {
    return Stack.of(this);
  }

  /** A name that no other attachment of this authorizer has. */
  private String free(String kind) {
    String name = kind;
    for (int n = 2; getNode().tryFindChild(name) != null; n++) {
      name = kind + n;
    }
    return name;
  }

  private Map<String, String> environment() {
    var all = new TreeMap<>(settings.environment());
    all.put("GRANTWAY_TABLE", settings.table().name());
    return all;
  }

  private Role role() {
    var role =
        Role.Builder.create(this, "Role")
            .description("Grantway: reads the policy, reports itself, logs")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    new TableAccess(settings.table()).authorizer().forEach(role::addToPolicy);
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("Log")
            .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of(log.getLogGroupArn()))
            .build());
    return role;
  }

  /** As the function will at its start; what is known at deployment only is left to that. */
  private static Declared check(Map<String, String> environment) {
    var known = new HashMap<>(environment);
    known.computeIfPresent(ISSUERS, (name, text) -> Token.isUnresolved(text) ? SOME_ISSUER : text);
    known.values().removeIf(Token::isUnresolved);
    try {
      return ConfigurationCheck.of(known, Clock.systemUTC().instant()).declared();
    } catch (ConfigurationException e) {
      throw new UnsafeWiringException(e.problems());
    }
  }
}
