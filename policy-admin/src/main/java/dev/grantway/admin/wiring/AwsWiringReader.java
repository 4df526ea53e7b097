package dev.grantway.admin.wiring;

import dev.grantway.resource.ApiType;
import dev.grantway.store.WiredStage;
import dev.grantway.store.dynamodb.AwsSettings;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.StageReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizersResponse;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponsesResponse;
import software.amazon.awssdk.services.apigateway.model.GetResourcesResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApiResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizationType;
import software.amazon.awssdk.services.apigatewayv2.model.GetApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetRoutesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/**
 * By API Gateway's own read operations, signed: of REST APIs GetRestApi, GetStage, GetExport,
 * GetAuthorizers, GetResources and GetGatewayResponses, of the others GetApi, GetStage,
 * GetAuthorizers, GetRoutes and of HTTP APIs ExportApi. An endpoint may be set by the SDK's names
 * {@code AWS_ENDPOINT_URL_API_GATEWAY} and {@code AWS_ENDPOINT_URL_APIGATEWAYV2}. A call with its
 * retries ends after ten seconds.
 */
@Component
class AwsWiringReader implements WiringReader {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int PAGE = 500;

  /** API Gateway has at most 300 resources or routes unless one asks; nobody pages for ever. */
  private static final int MOST_PAGES = 40;

  private final Map<String, String> environment;

  @Autowired
  AwsWiringReader() {
    this(System.getenv());
  }

  AwsWiringReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public StageReading read(WiredStage stage, ApiType expected) {
    var settings = new HashMap<>(environment);
    if (!stage.region().isEmpty()) {
      settings.put("AWS_REGION", stage.region());
    }
    var aws = new AwsSettings(settings);
    try {
      var asked = new Asked(stage, settings.getOrDefault("AWS_REGION", ""));
      return (expected == ApiType.REST
              ? rest(aws, asked).or(() -> other(aws, asked))
              : other(aws, asked).or(() -> rest(aws, asked)))
          .orElseThrow(
              () ->
                  new Unreadable(
                      "there is no API `"
                          + stage.api()
                          + "` in region `"
                          + asked.region()
                          + "`: see that the region is right, and that these credentials are of"
                          + " the account that has it"));
    } catch (IllegalArgumentException settingsLack) {
      throw new Unreadable(String.valueOf(settingsLack.getMessage()), settingsLack);
    }
  }

  private static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B of(
      B builder, AwsSettings aws, String endpoint) {
    return aws.on(builder, endpoint)
        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(LIMIT))
        .overrideConfiguration(config -> config.apiCallTimeout(LIMIT));
  }

  /** Asks for one stage, and says in words what went wrong. */
  private record Asked(WiredStage stage, String region) {
    String api() {
      return stage.api().value();
    }

    /** What an operation answers; none where what it is about is not there. */
    <T> Optional<T> optional(String operation, String path, Supplier<T> call) {
      try {
        return Optional.of(call.get());
      } catch (AwsServiceException refused) {
        if (refused.statusCode() == 404) {
          return Optional.empty();
        }
        throw unreadable(operation, path, refused);
      } catch (SdkException unanswered) {
        throw new Unreadable(
            operation
                + " was not answered: see that this app reaches API Gateway in region `"
                + region
                + "` and has credentials",
            unanswered);
      }
    }

    <T> T of(String operation, String path, Supplier<T> call) {
      return optional(operation, path, call)
          .orElseThrow(
              () -> new Unreadable(operation + " finds nothing at `" + path + "`: try again"));
    }

    private Unreadable unreadable(String operation, String path, AwsServiceException refused) {
      String code = refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
      if (refused.statusCode() == 429 || code.contains("TooManyRequests")) {
        return new Unreadable(
            operation + " was throttled by API Gateway: the next look asks again", refused);
      }
      if (refused.statusCode() == 403 || refused.statusCode() == 401) {
        return new Unreadable(
            operation
                + " was refused: allow this app's role `apigateway:GET` on `arn:aws:apigateway:"
                + region
                + "::"
                + path
                + "`",
            refused);
      }
      return new Unreadable(
          operation + " failed with status " + refused.statusCode() + ": try again", refused);
    }
  }

  // ------------------------------------------------------------------ REST

  private static Optional<StageReading> rest(AwsSettings aws, Asked asked) {
    String api = asked.api();
    String at = "/restapis/" + api;
    try (ApiGatewayClient client =
        of(ApiGatewayClient.builder(), aws, aws.endpoint("API_GATEWAY")).build()) {
      Optional<GetRestApiResponse> found =
          asked.optional("GetRestApi", at, () -> client.getRestApi(ask -> ask.restApiId(api)));
      return found.map(it -> rest(client, asked, at, hasText(it.policy())));
    }
  }

  private static StageReading rest(
      ApiGatewayClient client, Asked asked, String at, boolean policy) {
    String api = asked.api();
    String stage = asked.stage().stage();
    String under = at + "/stages/" + stage;
    if (asked
        .optional(
            "GetStage", under, () -> client.getStage(ask -> ask.restApiId(api).stageName(stage)))
        .isEmpty()) {
      return StageReading.missing(api, ApiType.REST, stage);
    }
    byte[] document =
        asked.of(
            "GetExport",
            under + "/exports/oas30",
            () ->
                client
                    .getExport(
                        ask ->
                            ask.restApiId(api)
                                .stageName(stage)
                                .exportType("oas30")
                                .parameters(Map.of("extensions", "authorizers"))
                                .accepts("application/json"))
                    .body()
                    .asByteArray());
    ExportedStage deployed = ExportedStage.read(document, ApiType.REST, policy);
    Map<String, AttachedAuthorizer> edited =
        authorizers(client, asked, at).stream()
            .filter(it -> it.type() != AuthorizerType.COGNITO_USER_POOLS)
            .map(it -> authorizer(it, policy))
            .collect(
                Collectors.toMap(
                    AttachedAuthorizer::name, Function.identity(), (a, b) -> a, TreeMap::new));
    List<AttachedRoute> now = methods(resources(client, asked, at), edited);
    return reading(api, ApiType.REST, stage, deployed, now, edited)
        .with(responses(client, asked, at));
  }

  private static List<GatewayResponse> responses(ApiGatewayClient client, Asked asked, String at) {
    return pages(
            position ->
                asked.of(
                    "GetGatewayResponses",
                    at + "/gatewayresponses",
                    () ->
                        client.getGatewayResponses(
                            ask -> ask.restApiId(asked.api()).limit(PAGE).position(position))),
            GetGatewayResponsesResponse::items,
            GetGatewayResponsesResponse::position)
        .stream()
        .map(
            it ->
                GatewayResponse.of(
                    text(it.responseTypeAsString()),
                    text(it.statusCode()),
                    it.responseParameters(),
                    it.responseTemplates(),
                    !Boolean.TRUE.equals(it.defaultResponse())))
        .toList();
  }

  /** What is deployed, with the ids by which operations name it, and what is not deployed yet. */
  private static StageReading reading(
      String api,
      ApiType type,
      String stage,
      ExportedStage deployed,
      List<AttachedRoute> now,
      Map<String, AttachedAuthorizer> edited) {
    Map<String, String> handles =
        now.stream()
            .collect(Collectors.toMap(AttachedRoute::route, AttachedRoute::handle, (a, b) -> a));
    return new StageReading(
        api,
        type,
        stage,
        true,
        true,
        deployed.routes().stream()
            .map(
                it ->
                    new AttachedRoute(
                        it.route(), it.by(), it.authorizer(), handles.getOrDefault(it.route(), "")))
            .toList(),
        deployed.authorizers().values().stream()
            .map(
                it ->
                    new AttachedAuthorizer(
                        Optional.ofNullable(edited.get(it.name()))
                            .map(AttachedAuthorizer::id)
                            .orElse(""),
                        it.name(),
                        it.invocation(),
                        it.payload(),
                        it.attachment()))
            .toList(),
        Changed.since(deployed.routes(), deployed.authorizers(), now, edited));
  }

  private static List<Authorizer> authorizers(ApiGatewayClient client, Asked asked, String at) {
    return pages(
        position ->
            asked.of(
                "GetAuthorizers",
                at + "/authorizers",
                () ->
                    client.getAuthorizers(
                        ask -> ask.restApiId(asked.api()).limit(PAGE).position(position))),
        GetAuthorizersResponse::items,
        GetAuthorizersResponse::position);
  }

  private static List<Resource> resources(ApiGatewayClient client, Asked asked, String at) {
    return pages(
        position ->
            asked.of(
                "GetResources",
                at + "/resources",
                () ->
                    client.getResources(
                        ask ->
                            ask.restApiId(asked.api())
                                .embed("methods")
                                .limit(PAGE)
                                .position(position))),
        GetResourcesResponse::items,
        GetResourcesResponse::position);
  }

  private static <P, T> List<T> pages(
      Function<@Nullable String, P> page,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    var all = new ArrayList<T>();
    P read = page.apply(null);
    all.addAll(items.apply(read));
    for (int i = 1; hasText(next.apply(read)); i++) {
      if (i == MOST_PAGES) {
        throw new Unreadable("the API has more than " + MOST_PAGES * PAGE + " routes");
      }
      read = page.apply(next.apply(read));
      all.addAll(items.apply(read));
    }
    return all;
  }

  private static AttachedAuthorizer authorizer(Authorizer it, boolean policy) {
    return new AttachedAuthorizer(
        it.id(),
        it.name(),
        text(it.authorizerUri()),
        "",
        new Attachment(
            ApiType.REST,
            it.type() == AuthorizerType.TOKEN,
            ExportedStage.split(text(it.identitySource())),
            Duration.ofSeconds(Objects.requireNonNullElse(it.authorizerResultTtlInSeconds(), 300)),
            false,
            policy));
  }

  private static List<AttachedRoute> methods(
      List<Resource> resources, Map<String, AttachedAuthorizer> authorizers) {
    Map<String, String> names =
        authorizers.values().stream()
            .collect(Collectors.toMap(AttachedAuthorizer::id, AttachedAuthorizer::name));
    var routes = new ArrayList<AttachedRoute>();
    for (Resource resource : resources) {
      for (Map.Entry<String, Method> method : resource.resourceMethods().entrySet()) {
        String authorizer = names.getOrDefault(text(method.getValue().authorizerId()), "");
        routes.add(
            new AttachedRoute(
                method.getKey() + " " + resource.path(),
                by(text(method.getValue().authorizationType()), authorizer),
                authorizer,
                resource.id()));
      }
    }
    return routes;
  }

  private static By by(String type, String authorizer) {
    return switch (type) {
      case "", "NONE" -> By.NOTHING;
      case "CUSTOM" -> authorizer.isEmpty() ? By.OTHER : By.AUTHORIZER;
      default -> By.OTHER;
    };
  }

  // ------------------------------------------------------ HTTP and WebSocket

  private static Optional<StageReading> other(AwsSettings aws, Asked asked) {
    String api = asked.api();
    String at = "/apis/" + api;
    try (ApiGatewayV2Client client =
        of(ApiGatewayV2Client.builder(), aws, aws.endpoint("APIGATEWAYV2")).build()) {
      Optional<GetApiResponse> found =
          asked.optional("GetApi", at, () -> client.getApi(ask -> ask.apiId(api)));
      return found.map(
          it ->
              other(
                  client,
                  asked,
                  at,
                  it.protocolType() == ProtocolType.WEBSOCKET ? ApiType.WEBSOCKET : ApiType.HTTP));
    }
  }

  private static StageReading other(
      ApiGatewayV2Client client, Asked asked, String at, ApiType type) {
    String api = asked.api();
    String stage = asked.stage().stage();
    if (asked
        .optional(
            "GetStage",
            at + "/stages/" + stage,
            () -> client.getStage(ask -> ask.apiId(api).stageName(stage)))
        .isEmpty()) {
      return StageReading.missing(api, type, stage);
    }
    Map<String, AttachedAuthorizer> edited = authorizers(client, asked, at, type);
    List<AttachedRoute> now = routes(client, asked, at, edited);
    if (type == ApiType.WEBSOCKET) {
      return new StageReading(
          api, type, stage, true, false, now, List.copyOf(edited.values()), List.of());
    }
    byte[] document =
        asked.of(
            "ExportApi",
            at + "/exports/OAS30",
            () ->
                client
                    .exportApi(
                        ask ->
                            ask.apiId(api)
                                .stageName(stage)
                                .specification("OAS30")
                                .outputType("JSON")
                                .includeExtensions(true))
                    .body()
                    .asByteArray());
    return reading(api, type, stage, ExportedStage.read(document, type, false), now, edited);
  }

  private static Map<String, AttachedAuthorizer> authorizers(
      ApiGatewayV2Client client, Asked asked, String at, ApiType type) {
    return pages(
            token ->
                asked.of(
                    "GetAuthorizers",
                    at + "/authorizers",
                    () ->
                        client.getAuthorizers(
                            ask ->
                                ask.apiId(asked.api())
                                    .maxResults(Integer.toString(PAGE))
                                    .nextToken(token))),
            it -> it.items(),
            it -> it.nextToken())
        .stream()
        .filter(it -> text(it.authorizerTypeAsString()).equals("REQUEST"))
        .map(it -> authorizer(it, type))
        .collect(
            Collectors.toMap(
                AttachedAuthorizer::name, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private static AttachedAuthorizer authorizer(
      software.amazon.awssdk.services.apigatewayv2.model.Authorizer it, ApiType type) {
    return new AttachedAuthorizer(
        it.authorizerId(),
        it.name(),
        text(it.authorizerUri()),
        text(it.authorizerPayloadFormatVersion()),
        new Attachment(
            type,
            false,
            it.identitySource(),
            Duration.ofSeconds(Objects.requireNonNullElse(it.authorizerResultTtlInSeconds(), 0)),
            Boolean.TRUE.equals(it.enableSimpleResponses()),
            false));
  }

  private static List<AttachedRoute> routes(
      ApiGatewayV2Client client,
      Asked asked,
      String at,
      Map<String, AttachedAuthorizer> authorizers) {
    Map<String, String> names =
        authorizers.values().stream()
            .collect(Collectors.toMap(AttachedAuthorizer::id, AttachedAuthorizer::name));
    List<Route> routes =
        pages(
            token ->
                asked.of(
                    "GetRoutes",
                    at + "/routes",
                    () ->
                        client.getRoutes(
                            ask ->
                                ask.apiId(asked.api())
                                    .maxResults(Integer.toString(PAGE))
                                    .nextToken(token))),
            GetRoutesResponse::items,
            GetRoutesResponse::nextToken);
    return routes.stream()
        .map(
            it -> {
              String authorizer = names.getOrDefault(text(it.authorizerId()), "");
              AuthorizationType type = it.authorizationType();
              return new AttachedRoute(
                  it.routeKey(),
                  by(type == null ? "" : type.toString(), authorizer),
                  authorizer,
                  it.routeId());
            })
        .toList();
  }

  private static boolean hasText(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
