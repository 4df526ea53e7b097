package dev.grantway.sandbox.twin;

import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.Authorization.Outcome;
import dev.grantway.sandbox.twin.http.Handler;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
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
            .map(stage -> new DeployedStage(stage, configuration.clock()))
            .toList();
    this.control = new ControlOperations(configuration.account(), stages);
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

  private record Answer(CacheUse cache, Response response) {
    static Answer of(Response response) {
      return new Answer(CacheUse.OFF, response);
    }
  }

  private Answer answer(Request request, String requestId) throws InterruptedException {
    if (headerBytes(request) > MAX_HEADER_BYTES) {
      return Answer.of(GatewayResponses.headersTooLarge());
    }
    if (request.bodyTooLarge()) {
      return Answer.of(GatewayResponses.bodyTooLarge());
    }
    Optional<Response> controlled = control.handle(request);
    if (controlled.isPresent()) {
      return Answer.of(controlled.get());
    }
    GatewayUrl url = GatewayUrl.parse(request.target());
    Optional<DeployedStage> stage =
        stages.stream().filter(deployed -> deployed.isAt(url.api(), url.stage())).findFirst();
    if (stage.isEmpty()) {
      return Answer.of(GatewayResponses.unknownStage());
    }
    Optional<Route> route = stage.get().route(request.method(), url.path());
    if (route.isEmpty()) {
      return Answer.of(GatewayResponses.unknownRoute());
    }
    return authorized(
        stage.get(),
        GatewayRequest.of(
            configuration, stage.get().configuration(), route.get(), url, request, requestId),
        request.bodyBytes());
  }

  private Answer authorized(DeployedStage stage, GatewayRequest request, int bodyBytes)
      throws InterruptedException {
    if (request.methodArn().getBytes(StandardCharsets.UTF_8).length > MAX_ARN_BYTES) {
      return Answer.of(GatewayResponses.uriTooLong());
    }
    Authorization authorization = stage.authorize(request);
    Response response =
        switch (authorization.outcome()) {
          case Outcome.Allowed(var caller) -> SampleBackend.echo(request, caller, bodyBytes);
          case Outcome.ExplicitlyDenied denied -> GatewayResponses.explicitlyDenied();
          case Outcome.ImplicitlyDenied denied -> GatewayResponses.implicitlyDenied();
          case Outcome.Unauthorized unauthorized -> GatewayResponses.unauthorized();
          case Outcome.Failed(var reason) -> failed(request, reason);
        };
    return new Answer(authorization.cache(), response);
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
    return GatewayResponses.authorizerFailed();
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
