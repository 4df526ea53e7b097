package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.Authorization.Outcome;
import dev.grantway.sandbox.twin.http.Handler;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import dev.grantway.sandbox.twin.http.WebSocketHandshake;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From the wire to the backend, in API Gateway's order: limits, stage, route, authorizer. */
final class Gateway implements Handler {
  private static final int MAX_HEADER_BYTES = 10_240;
  private static final int MAX_ARN_BYTES = 1_600;

  private final TwinConfiguration configuration;
  private final List<DeployedStage> stages;
  private final ControlOperations control;

  Gateway(TwinConfiguration configuration) {
    this.configuration = configuration;
    this.stages =
        configuration.stages().stream()
            .map(stage -> new DeployedStage(stage, configuration.answers(), configuration.clock()))
            .toList();
    this.control =
        new ControlOperations(
            configuration.region(),
            configuration.account(),
            configuration.clock().instant(),
            stages);
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String requestId = UUID.randomUUID().toString();
    Answer answer;
    try {
      answer = answer(request, requestId);
    } catch (RuntimeException e) {
      // the one place that fails closed: whatever broke, the request has not reached the backend
      configuration.log().accept("the gateway twin itself failed: " + e);
      answer = Answer.of(GatewayResponses.twinFailed());
    }
    return answer
        .response()
        .with("x-amzn-RequestId", requestId)
        .with("x-amz-apigw-id", requestId.replace("-", "").substring(0, 15) + "=")
        .with("x-twin-cache", answer.cache().header());
  }

  /** A stage and the path that it sees. */
  private record Place(DeployedStage stage, String path) {}

  private record Answer(CacheUse cache, Response response) {
    static Answer of(Response response) {
      return new Answer(CacheUse.OFF, response);
    }
  }

  private Answer answer(Request request, String requestId) throws InterruptedException {
    Optional<Response> large = configuration.answers().headersTooLarge();
    if (large.isPresent() && headerBytes(request) > MAX_HEADER_BYTES) {
      return Answer.of(large.get());
    }
    if (request.bodyTooLarge()) {
      return Answer.of(GatewayResponses.bodyTooLarge());
    }
    Optional<Response> controlled = control.handle(request);
    if (controlled.isPresent()) {
      return Answer.of(controlled.get());
    }
    GatewayUrl url = GatewayUrl.parse(request.target());
    Optional<Place> place = place(url);
    if (place.isEmpty()) {
      return Answer.of(unknownStage(url.api()));
    }
    return place.get().stage().configuration().type() == ApiType.WEBSOCKET
        ? connect(place.get(), request, requestId)
        : call(place.get(), request, requestId);
  }

  /** A named stage goes before {@code $default}, which takes what names none. */
  private Optional<Place> place(GatewayUrl url) {
    return stages.stream()
        .filter(deployed -> deployed.isAt(url.api(), url.stage()))
        .map(stage -> new Place(stage, url.path()))
        .findFirst()
        .or(
            () ->
                stages.stream()
                    .filter(stage -> stage.isOf(url.api()) && stage.configuration().isDefault())
                    .map(stage -> new Place(stage, url.pathWithoutStage()))
                    .findFirst());
  }

  private Response unknownStage(String api) {
    boolean http =
        stages.stream()
            .anyMatch(stage -> stage.isOf(api) && stage.configuration().type() == ApiType.HTTP);
    return http ? HttpApiResponses.notFound() : GatewayResponses.unknownStage();
  }

  private Answer call(Place place, Request request, String requestId) throws InterruptedException {
    Optional<Route> route = place.stage().route(request.method(), place.path());
    boolean http = place.stage().configuration().type() == ApiType.HTTP;
    if (route.isEmpty()) {
      return Answer.of(http ? HttpApiResponses.notFound() : GatewayResponses.unknownRoute());
    }
    GatewayRequest routed =
        GatewayRequest.of(
            configuration,
            place.stage().configuration(),
            route.get(),
            request.method(),
            place.path(),
            request,
            requestId);
    Optional<Response> tooLong =
        http
            ? Optional.of(HttpApiResponses.uriTooLong())
            : configuration.answers().uriTooLong(route.get().access() == Route.Access.PUBLIC);
    if (tooLong.isPresent() && isTooLong(routed)) {
      return Answer.of(tooLong.get());
    }
    Authorization authorization = place.stage().authorize(routed);
    return logged(
        routed,
        authorization,
        authorization.outcome() instanceof Outcome.Allowed(var caller)
            ? SampleBackend.echo(routed, caller, request.bodyBytes())
            : refused(routed, authorization.outcome()));
  }

  private Answer logged(GatewayRequest request, Authorization authorization, Response response) {
    configuration
        .accessLog()
        .accept(AccessLine.of(request, authorization.outcome(), response.status()));
    return new Answer(authorization.cache(), response);
  }

  private Answer connect(Place place, Request request, String requestId)
      throws InterruptedException {
    if (!place.path().equals("/")) {
      return Answer.of(GatewayResponses.unknownRoute());
    }
    Optional<Response> malformed = WebSocketHandshake.refusal(request);
    if (malformed.isPresent()) {
      return Answer.of(malformed.get());
    }
    Route route = place.stage().connectRoute();
    GatewayRequest routed =
        GatewayRequest.of(
            configuration,
            place.stage().configuration(),
            route,
            route.toString(),
            place.path(),
            request,
            requestId);
    Authorization authorization = place.stage().authorize(routed);
    return logged(
        routed,
        authorization,
        authorization.outcome() instanceof Outcome.Allowed(var caller)
            ? WebSocketHandshake.accept(
                request,
                configuration.webSockets(),
                new OpenConnection(place.stage(), routed, caller))
            : refused(routed, authorization.outcome()));
  }

  private static boolean isTooLong(GatewayRequest request) {
    return request.methodArn().getBytes(StandardCharsets.UTF_8).length > MAX_ARN_BYTES;
  }

  private Response refused(GatewayRequest request, Outcome outcome) {
    boolean http = request.stage().type() == ApiType.HTTP;
    return switch (outcome) {
      case Outcome.Allowed allowed -> throw new IllegalStateException("nothing is refused");
      case Outcome.ExplicitlyDenied(var caller) ->
          explained(
              http ? HttpApiResponses.forbidden() : GatewayResponses.explicitlyDenied(),
              request,
              caller);
      case Outcome.ImplicitlyDenied(var caller) ->
          explained(
              http ? HttpApiResponses.forbidden() : GatewayResponses.implicitlyDenied(),
              request,
              caller);
      case Outcome.Unauthorized unauthorized ->
          http ? HttpApiResponses.unauthorized() : GatewayResponses.unauthorized();
      case Outcome.Failed(var reason) -> failed(request, reason);
    };
  }

  private Response explained(Response refused, GatewayRequest request, Authorized caller) {
    return ExplainLink.of(configuration.adminUrl(), request, caller)
        .map(link -> refused.with("x-twin-explain", link))
        .orElse(refused);
  }

  private Response failed(GatewayRequest request, String reason) {
    StageConfiguration stage = request.stage();
    configuration
        .log()
        .accept(
            "the authorizer of `"
                + stage.apiName()
                + "/"
                + stage.stage()
                + "` failed: "
                + reason
                + "; request "
                + request.requestId());
    return stage.type() == ApiType.HTTP
        ? HttpApiResponses.authorizerFailed()
        : GatewayResponses.authorizerFailed();
  }

  /** The request line and all header fields, as they came. */
  private static int headerBytes(Request request) {
    int bytes = request.method().length() + utf8(request.target()) + request.version().length() + 4;
    for (Header header : request.headers()) {
      bytes += utf8(header.name()) + utf8(header.value()) + 4;
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
