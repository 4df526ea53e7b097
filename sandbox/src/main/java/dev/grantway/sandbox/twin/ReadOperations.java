package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.http.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of API Gateway's own API that read: GetRestApi, GetResources, GetAuthorizers,
 * GetGatewayResponses, GetGatewayResponse, GetStages, GetStage and GetExport of REST APIs; GetApi,
 * GetRoutes, GetAuthorizers, GetStages and GetStage of the others, and ExportApi of HTTP APIs.
 * Resources and routes come in pages of 25 where nobody asks for another number.
 */
final class ReadOperations {
  private static final Pattern REST = Pattern.compile("/restapis/([^/]+)(?:/(.+?))?/?");
  private static final Pattern OTHER = Pattern.compile("/v2/apis/([^/]+)(?:/(.+?))?/?");

  private final String account;
  private final Map<String, DescribedApi> apis = new LinkedHashMap<>();
  private final RestDescription rest;
  private final HttpDescription other;
  private final ExportedDocument export;

  ReadOperations(String region, String account, Instant since, List<DeployedStage> stages) {
    this.account = account;
    for (DeployedStage stage : stages) {
      String id = stage.configuration().apiId();
      apis.computeIfAbsent(
          id,
          any ->
              new DescribedApi(
                  stages.stream().filter(it -> it.configuration().apiId().equals(id)).toList()));
    }
    String function = AuthorizerJson.invocation(region, account);
    this.rest = new RestDescription(function, since);
    this.other = new HttpDescription(function, since);
    this.export = new ExportedDocument(function);
  }

  /** The answer, if the target is one of a read. */
  Optional<Response> handle(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    QueryString query = QueryString.parse(mark < 0 ? "" : target.substring(mark + 1));
    Matcher matcher = REST.matcher(path);
    if (matcher.matches()) {
      return of(matcher, type -> type == ApiType.REST, (api, what) -> rest(api, what, query));
    }
    matcher = OTHER.matcher(path);
    return matcher.matches()
        ? of(matcher, type -> type != ApiType.REST, (api, what) -> other(api, what, query))
        : Optional.empty();
  }

  /** Reads what is under an API. */
  @FunctionalInterface
  private interface Under {
    Optional<Response> read(DescribedApi api, List<String> what);
  }

  private Optional<Response> of(Matcher path, Function<ApiType, Boolean> fits, Under under) {
    DescribedApi api = apis.get(path.group(1));
    if (api == null || !fits.apply(api.type())) {
      return Optional.of(ControlOperations.unknownApi(account, path.group(1)));
    }
    String rest = path.group(2);
    return under.read(
        api,
        rest == null
            ? List.of()
            : List.of(rest.split("/", -1)).stream().map(PercentEncoding::decoded).toList());
  }

  private Optional<Response> rest(DescribedApi api, List<String> what, QueryString query) {
    if (what.size() == 4 && isOf(what, "stages") && what.get(2).equals("exports")) {
      return Optional.of(
          what.get(3).equals("oas30")
              ? at(api, what.get(1), stage -> export.of(api, stage, query))
              : badRequest("Export type must be oas30"));
    }
    return switch (what.size()) {
      case 0 -> ok(rest.api(api));
      case 1 ->
          switch (what.getFirst()) {
            case "resources" -> ok(rest.resources(api, query));
            case "authorizers" -> ok(rest.authorizers(api));
            case "gatewayresponses" -> ok(RestDescription.responses(query));
            case "stages" -> ok(rest.stages(api));
            default -> Optional.empty();
          };
      case 2 ->
          switch (what.getFirst()) {
            case "stages" -> stage(api, what, rest::stage);
            case "gatewayresponses" -> Optional.of(response(what.get(1)));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Response response(String type) {
    return RestDescription.response(type)
        .map(body -> Response.json(200, body))
        .orElseGet(() -> badRequest("Invalid gateway response type"));
  }

  private Optional<Response> other(DescribedApi api, List<String> what, QueryString query) {
    if (isOf(what, "exports") && what.size() == 2) {
      return Optional.of(exported(api, what.get(1), query));
    }
    return switch (what.size()) {
      case 0 -> ok(other.api(api));
      case 1 ->
          switch (what.getFirst()) {
            case "routes" -> ok(other.routes(api, query));
            case "authorizers" -> ok(other.authorizers(api));
            case "stages" -> ok(other.stages(api));
            default -> Optional.empty();
          };
      case 2 -> isOf(what, "stages") ? stage(api, what, other::stage) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Response exported(DescribedApi api, String kind, QueryString query) {
    if (api.type() != ApiType.HTTP || !kind.equals("OAS30")) {
      return badRequest("Only HTTP APIs are exported, as OAS30");
    }
    String stage = query.last("stageName").orElse(api.first().stage());
    return at(api, stage, of -> export.of(api, of, query));
  }

  private static boolean isOf(List<String> what, String kind) {
    return !what.isEmpty() && what.getFirst().equals(kind);
  }

  private static Optional<Response> stage(
      DescribedApi api, List<String> what, Function<StageConfiguration, byte[]> read) {
    return Optional.of(at(api, what.get(1), read));
  }

  private static Response at(
      DescribedApi api, String stage, Function<StageConfiguration, byte[]> read) {
    return api.stage(stage)
        .map(it -> Response.json(200, read.apply(it.configuration())))
        .orElseGet(ControlOperations::unknownStage);
  }

  private static Optional<Response> ok(byte[] body) {
    return Optional.of(Response.json(200, body));
  }

  private static Response badRequest(String message) {
    return Response.json(400, "{\"message\":\"" + message + "\"}")
        .with("x-amzn-ErrorType", "BadRequestException");
  }
}
