package dev.grantway.admin.wiring;

import dev.grantway.admin.common.ShellWords;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import dev.grantway.resource.ApiType;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.Declared;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.GatewayResponses;
import dev.grantway.wiring.StageReading;
import dev.grantway.wiring.Wiring;
import dev.grantway.wiring.WiringFacts;
import dev.grantway.wiring.WiringFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The exact change that a fault asks for: lines of a shell with the AWS CLI and the ids as they
 * are, and what the CDK construct would say. Nothing runs them but people.
 */
final class Remedies {
  /** Of more routes the rest is the same again. */
  private static final int MOST_ROUTES = 20;

  private static final Set<String> OF_THE_AUTHORIZER =
      Set.of(
          "token-is-no-source",
          "declared-is-no-source",
          "route-is-no-source",
          "token-type-under-route",
          "simple-cached-by-token",
          "simple-not-exact",
          "role-not-exact",
          "cached-all-the-same",
          "ttl-over-budget",
          "ttl-differs",
          "simple-differs",
          "drift-cache-key",
          "drift-ttl");

  private final StageReading reading;
  private final String region;
  private final String apiName;
  private final Optional<AttachedAuthorizer> ours;
  private final Declared declared;
  private final Duration budget;
  private final WiringFacts accepted;

  /** What to do, as lines and as the construct's setting; either may be empty. */
  record Remedy(List<String> commands, String construct) {
    static final Remedy NONE = new Remedy(List.of(), "");

    Remedy {
      commands = List.copyOf(commands);
    }
  }

  /**
   * Remedies for one stage.
   *
   * @param ours the authorizer that counts as ours
   * @param declared what its instances have to be told, where a fault is about none of them
   * @param budget the longest that a kept answer may outlive a revocation
   */
  Remedies(
      StageReading reading,
      String region,
      String apiName,
      Optional<AttachedAuthorizer> ours,
      Declared declared,
      Duration budget,
      WiringFacts accepted) {
    this.reading = reading;
    this.region = region;
    this.apiName = apiName;
    this.ours = ours;
    this.declared = declared;
    this.budget = budget;
    this.accepted = accepted;
  }

  /** The same for what instances were told that. */
  Remedies toldThat(Declared told) {
    return new Remedies(reading, region, apiName, ours, told, budget, accepted);
  }

  /**
   * What to do. Where API Gateway only tells how the API is edited, its authorizers may be those of
   * another stage: then nothing is said that would change them.
   */
  Remedy of(WiringFault fault) {
    return reading.asDeployed() || !OF_THE_AUTHORIZER.contains(fault.code())
        ? change(fault)
        : Remedy.NONE;
  }

  private Remedy change(WiringFault fault) {
    return switch (fault.code()) {
      case "token-is-no-source", "declared-is-no-source" ->
          ours.map(it -> sources(it, declared, it.attachment().ttl())).orElse(Remedy.NONE);
      case "route-is-no-source", "token-type-under-route" ->
          ours.map(it -> sources(it, byRoute(), it.attachment().ttl())).orElse(Remedy.NONE);
      case "simple-cached-by-token" -> byTokenAndRoute();
      case "role-not-exact" ->
          isByRoute()
              ? and(ttl(Duration.ZERO), setting("GRANTWAY_CACHE_KEY", "none"))
              : byTokenAndRoute();
      case "cached-all-the-same" -> ttl(Duration.ZERO);
      case "ttl-over-budget" -> and(ttl(budget), setting("GRANTWAY_CACHE_TTL", seconds(budget)));
      case "ttl-differs" -> shorter();
      case "simple-differs" -> simple(declared.simple());
      case "simple-not-exact" -> and(simple(false), setting("GRANTWAY_SIMPLE_RESPONSES", "off"));
      case "refusal-looks-well",
          "challenge-not-static",
          "no-challenge",
          "no-document-id",
          "outage-is-no-503" ->
          responses(GatewayResponses.change(fault.code(), reading.responses()));
      case "no-fence" -> setting("GRANTWAY_RESOURCE_POLICY_FENCE", "on");
      case "fence-without-policy" -> setting("GRANTWAY_RESOURCE_POLICY_FENCE", "off");
      case "route-is-open", "asks-another", "authorized-otherwise" -> attach(fault, By.AUTHORIZER);
      case "public-is-closed" -> attach(fault, By.NOTHING);
      case "route-not-in-policy", "no-route-table" -> imported();
      case "stage-not-deployed", "route-not-deployed", "not-deployed-yet" ->
          new Remedy(List.of(deploy()), "");
      case "drift-cache-key" -> back();
      case "drift-ttl" -> ttl(acceptedTtl());
      default -> Remedy.NONE;
    };
  }

  private Remedy byTokenAndRoute() {
    return ours.map(it -> and(sources(it, byRoute(), it.attachment().ttl()), key(it)))
        .orElse(Remedy.NONE);
  }

  private boolean isByRoute() {
    return declared.cacheKey().scope() == DocumentScope.ROUTE
        && ours.map(AttachedAuthorizer::attachment)
            .map(it -> Wiring.cacheKey(it, declared.tokenSource()))
            .filter(it -> it.scope() == DocumentScope.ROUTE)
            .isPresent();
  }

  /** The shortest of both and of the budget, for whichever is longer. */
  private Remedy shorter() {
    Duration attached =
        ours.map(AttachedAuthorizer::attachment).map(Attachment::ttl).orElse(Duration.ZERO);
    Duration least =
        Stream.of(attached, declared.cacheTtl(), budget)
            .min(Comparator.naturalOrder())
            .orElse(budget);
    return and(
        attached.equals(least) ? Remedy.NONE : ttl(least),
        declared.cacheTtl().equals(least)
            ? Remedy.NONE
            : setting("GRANTWAY_CACHE_TTL", seconds(least)));
  }

  private Declared byRoute() {
    var key =
        new CacheKey(
            CacheKey.TOKEN_AND_ROUTE.scope(),
            declared.cacheKey().headers(),
            declared.cacheKey().query());
    return new Declared(
        key, declared.cacheTtl(), declared.tokenSource(), declared.simple(), declared.fence());
  }

  private static Remedy and(Remedy one, Remedy other) {
    var commands = new ArrayList<>(one.commands());
    commands.addAll(other.commands());
    String construct =
        one.construct().isEmpty() || other.construct().isEmpty()
            ? one.construct() + other.construct()
            : one.construct() + "\n" + other.construct();
    return new Remedy(commands, construct);
  }

  // ----------------------------------------------------------- API Gateway

  private String command(String service, String operation, String... more) {
    var words = new ArrayList<>(List.of("aws", service, operation));
    words.add(service.equals("apigateway") ? "--rest-api-id" : "--api-id");
    words.add(ShellWords.quoted(reading.api()));
    words.addAll(List.of(more));
    ShellWords.add(words, "--region", region);
    return String.join(" ", words);
  }

  private boolean isRest() {
    return reading.type() == ApiType.REST;
  }

  private String service() {
    return isRest() ? "apigateway" : "apigatewayv2";
  }

  private String deploy() {
    return command(
        service(), "create-deployment", "--stage-name", ShellWords.quoted(reading.stage()));
  }

  private Remedy sources(AttachedAuthorizer it, Declared wanted, Duration ttl) {
    List<String> sources = Wiring.sourcesFor(reading.type(), wanted);
    return sources(it, sources, ttl);
  }

  private Remedy sources(AttachedAuthorizer it, List<String> sources, Duration ttl) {
    String change =
        isRest()
            ? patch(
                it,
                it.attachment().tokenType() && sources.size() > 1
                    ? List.of("/type", "REQUEST", "/identitySource", String.join(",", sources))
                    : List.of("/identitySource", String.join(",", sources)))
            : command(
                "apigatewayv2",
                "update-authorizer",
                "--authorizer-id",
                ShellWords.quoted(it.id()),
                "--identity-source",
                sources.stream().map(ShellWords::quoted).collect(Collectors.joining(" ")));
    String listed =
        sources.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    return new Remedy(
        List.of(change, deploy()),
        switch (reading.type()) {
          case REST ->
              "authorizer.attachRequest(api, List.of("
                  + listed
                  + "), Duration.ofSeconds("
                  + ttl.toSeconds()
                  + "))";
          case HTTP ->
              "authorizer.attachHttp(\""
                  + reading.api()
                  + "\", List.of("
                  + listed
                  + "), Duration.ofSeconds("
                  + ttl.toSeconds()
                  + "))";
          case WEBSOCKET -> "authorizer.attachWebSocket(\"" + reading.api() + "\")";
        });
  }

  /** A REST authorizer is changed by a patch of paths and values. */
  private String patch(AttachedAuthorizer it, List<String> pairs) {
    return command(
        "apigateway",
        "update-authorizer",
        "--authorizer-id",
        ShellWords.quoted(it.id()),
        "--patch-operations",
        ShellWords.quoted(replace(pairs)));
  }

  private static String replace(List<String> pairs) {
    var operations = new ArrayList<String>();
    for (int i = 0; i < pairs.size(); i += 2) {
      operations.add(
          "{\"op\":\"replace\",\"path\":\""
              + pairs.get(i)
              + "\",\"value\":\""
              + pairs.get(i + 1).replace("\\", "\\\\").replace("\"", "\\\"")
              + "\"}");
    }
    return "[" + String.join(",", operations) + "]";
  }

  private Remedy ttl(Duration ttl) {
    return ours.map(
            it ->
                new Remedy(
                    List.of(
                        isRest()
                            ? patch(
                                it,
                                List.of(
                                    "/authorizerResultTtlInSeconds",
                                    Long.toString(ttl.toSeconds())))
                            : command(
                                "apigatewayv2",
                                "update-authorizer",
                                "--authorizer-id",
                                ShellWords.quoted(it.id()),
                                "--authorizer-result-ttl-in-seconds",
                                Long.toString(ttl.toSeconds())),
                        deploy()),
                    sources(it, it.attachment().identitySources(), ttl).construct()))
        .orElse(Remedy.NONE);
  }

  private Duration acceptedTtl() {
    String ttl = accepted.get("ttl");
    return ttl.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(ttl)) : Duration.ZERO;
  }

  private Remedy back() {
    List<String> sources = ExportedStage.split(accepted.get("sources"));
    return ours.filter(it -> !sources.isEmpty())
        .map(it -> sources(it, sources, it.attachment().ttl()))
        .orElse(Remedy.NONE);
  }

  /** Puts whole responses: what API Gateway is not told again it forgets. */
  private Remedy responses(List<GatewayResponse> wanted) {
    var commands = new ArrayList<String>();
    var constructs = new ArrayList<String>();
    for (GatewayResponse it : wanted) {
      commands.add(
          command(
              "apigateway",
              "put-gateway-response",
              "--response-type",
              ShellWords.quoted(it.type()),
              "--status-code",
              ShellWords.quoted(it.status()),
              "--response-parameters",
              ShellWords.quoted(json(it.parameters())),
              "--response-templates",
              ShellWords.quoted(json(it.templates()))));
      constructs.add(
          "CfnGatewayResponse.Builder.….responseType(\""
              + it.type()
              + "\").statusCode(\""
              + it.status()
              + "\").responseParameters("
              + map(it.parameters())
              + ").responseTemplates("
              + map(it.templates())
              + ")");
    }
    if (!commands.isEmpty()) {
      commands.add(deploy());
    }
    return new Remedy(commands, String.join("\n", constructs));
  }

  private static String json(Map<String, String> texts) {
    return new String(
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              for (Map.Entry<String, String> it : texts.entrySet()) {
                json.writeStringField(it.getKey(), it.getValue());
              }
              json.writeEndObject();
            }),
        StandardCharsets.UTF_8);
  }

  private static String map(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(it -> literal(it.getKey()) + ", " + literal(it.getValue()))
        .collect(Collectors.joining(", ", "Map.of(", ")"));
  }

  private static String literal(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
        + "\"";
  }

  private Remedy simple(boolean simple) {
    return ours.filter(it -> reading.type() == ApiType.HTTP)
        .map(
            it ->
                new Remedy(
                    List.of(
                        command(
                            "apigatewayv2",
                            "update-authorizer",
                            "--authorizer-id",
                            ShellWords.quoted(it.id()),
                            "--authorizer-payload-format-version",
                            "2.0",
                            simple ? "--enable-simple-responses" : "--no-enable-simple-responses"),
                        deploy()),
                    ""))
        .orElse(Remedy.NONE);
  }

  /** Attaches ours to routes, or takes the authorizer off them. */
  private Remedy attach(WiringFault fault, By by) {
    if (by == By.AUTHORIZER && ours.map(AttachedAuthorizer::id).orElse("").isEmpty()) {
      return Remedy.NONE;
    }
    var commands = new ArrayList<String>();
    for (AttachedRoute route : reading.routes()) {
      if (fault.routes().contains(route.route())
          && !route.handle().isEmpty()
          && commands.size() < MOST_ROUTES) {
        commands.add(attach(route, by));
      }
    }
    if (commands.isEmpty()) {
      return Remedy.NONE;
    }
    commands.add(deploy());
    return new Remedy(commands, construct(by));
  }

  private String construct(By by) {
    if (by == By.NOTHING) {
      return isRest() ? "MethodOptions.builder().authorizationType(AuthorizationType.NONE)" : "";
    }
    return isRest()
        ? "MethodOptions.builder().authorizationType(AuthorizationType.CUSTOM).authorizer(attached)"
        : "CfnRoute.Builder.….authorizationType(\"CUSTOM\").authorizerId(attached.getRef())";
  }

  private String attach(AttachedRoute route, By by) {
    String type = by == By.AUTHORIZER ? "CUSTOM" : "NONE";
    String id = ours.map(AttachedAuthorizer::id).orElse("");
    if (isRest()) {
      return command(
          "apigateway",
          "update-method",
          "--resource-id",
          ShellWords.quoted(route.handle()),
          "--http-method",
          ShellWords.quoted(route.route().split(" ", 2)[0]),
          "--patch-operations",
          ShellWords.quoted(
              replace(
                  by == By.AUTHORIZER
                      ? List.of("/authorizationType", type, "/authorizerId", id)
                      : List.of("/authorizationType", type))));
    }
    var more =
        new ArrayList<>(
            List.of("--route-id", ShellWords.quoted(route.handle()), "--authorization-type", type));
    if (by == By.AUTHORIZER) {
      more.addAll(List.of("--authorizer-id", ShellWords.quoted(id)));
    }
    return command("apigatewayv2", "update-route", more.toArray(new String[0]));
  }

  private Remedy imported() {
    return reading.type() == ApiType.WEBSOCKET
        ? Remedy.NONE
        : new Remedy(
            List.of(
                "./grantway import --from apigateway --api "
                    + ShellWords.quoted(apiName)
                    + " --stage "
                    + ShellWords.quoted(reading.stage())
                    + " --url \"$GRANTWAY_URL\" --dry-run"),
            "");
  }

  // -------------------------------------------------------------- function

  private Remedy key(AttachedAuthorizer it) {
    return it.attachment().ttl().isPositive()
        ? setting("GRANTWAY_CACHE_KEY", byRoute().cacheKey().text())
        : Remedy.NONE;
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + "s";
  }

  /** One setting of the function, with the others as they are, and a version for the alias. */
  private Remedy setting(String name, String value) {
    String construct = "environment: \"" + name + "\", \"" + value + "\"";
    String function = ours.map(AttachedAuthorizer::function).orElse("");
    if (function.isEmpty()) {
      return new Remedy(List.of(), construct);
    }
    String alias = alias(function);
    String plain =
        ShellWords.quoted(
            alias.isEmpty()
                ? function
                : function.substring(0, function.length() - alias.length() - 1));
    var in = new ArrayList<String>();
    ShellWords.add(in, "--region", region);
    String where = in.isEmpty() ? "" : " " + String.join(" ", in);
    var lines =
        new ArrayList<>(
            List.of(
                "aws lambda get-function-configuration --function-name "
                    + plain
                    + " --query '{Variables: Environment.Variables}'"
                    + where
                    + " | jq "
                    + ShellWords.quoted(".Variables." + name + "=\"" + value + "\"")
                    + " > environment.json",
                "aws lambda update-function-configuration --function-name "
                    + plain
                    + " --environment file://environment.json"
                    + where));
    if (!alias.isEmpty()) {
      lines.add("aws lambda wait function-updated --function-name " + plain + where);
      lines.add(
          "aws lambda update-alias --function-name "
              + plain
              + " --name "
              + ShellWords.quoted(alias)
              + " --function-version \"$(aws lambda publish-version --function-name "
              + plain
              + " --query Version --output text"
              + where
              + ")\""
              + where);
    }
    return new Remedy(lines, construct);
  }

  /** Of {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS} its last part, if it has one. */
  private static String alias(String function) {
    String[] parts = function.split(":", -1);
    return parts.length == 8 ? parts[7] : "";
  }
}
