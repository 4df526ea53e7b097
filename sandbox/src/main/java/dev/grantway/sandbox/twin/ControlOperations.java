package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of API Gateway's own API: those that flush authorizer caches, and reads. */
final class ControlOperations {
  /** FlushStageAuthorizersCache. */
  private static final Pattern REST =
      Pattern.compile("/restapis/([^/?]+)/stages/([^/?]+)/cache/authorizers/?");

  /** ResetAuthorizersCache, of HTTP APIs. */
  private static final Pattern HTTP =
      Pattern.compile("/v2/apis/([^/?]+)/stages/([^/?]+)/cache/authorizers/?");

  private final String account;
  private final List<DeployedStage> stages;
  private final ReadOperations reads;

  ControlOperations(String region, String account, Instant since, List<DeployedStage> stages) {
    this.account = account;
    this.stages = stages;
    this.reads = new ReadOperations(region, account, since, stages);
  }

  /** The answer, if the request is a control operation. */
  Optional<Response> handle(Request request) {
    if (request.method().equals("GET")) {
      return reads.handle(request.target());
    }
    if (!request.method().equals("DELETE")) {
      return Optional.empty();
    }
    Matcher rest = REST.matcher(request.target());
    if (rest.matches()) {
      return Optional.of(flush(ApiType.REST, rest.group(1), rest.group(2), 202));
    }
    Matcher http = HTTP.matcher(request.target());
    return http.matches()
        ? Optional.of(flush(ApiType.HTTP, http.group(1), http.group(2), 204))
        : Optional.empty();
  }

  private Response flush(ApiType type, String api, String stage, int done) {
    List<DeployedStage> ofApi =
        stages.stream()
            .filter(deployed -> deployed.configuration().type() == type && deployed.isOf(api))
            .toList();
    if (ofApi.isEmpty()) {
      return unknownApi(account, api);
    }
    String name = PercentEncoding.decoded(stage);
    List<DeployedStage> named =
        ofApi.stream().filter(deployed -> deployed.isAt(api, name)).toList();
    named.forEach(DeployedStage::flush);
    return named.isEmpty() ? unknownStage() : Response.empty(done);
  }

  static Response unknownApi(String account, String api) {
    boolean plain = api.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
    return notFound("Invalid API identifier specified " + account + ":" + (plain ? api : "?"));
  }

  static Response unknownStage() {
    return notFound("Invalid stage identifier specified");
  }

  private static Response notFound(String message) {
    return Response.json(404, "{\"message\":\"" + message + "\"}")
        .with("x-amzn-ErrorType", "NotFoundException");
  }
}
