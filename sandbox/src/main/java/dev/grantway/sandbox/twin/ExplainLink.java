package dev.grantway.sandbox.twin;

import dev.grantway.resource.ApiType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the admin app explains a refusal: ids, the request and names of roles, as the authorizer's
 * context has them; no token and no claim.
 */
final class ExplainLink {
  private ExplainLink() {}

  /**
   * The link; none where there is no admin app, or no policy was asked.
   *
   * @param adminUrl without a slash at its end; empty: there is none
   */
  static Optional<String> of(String adminUrl, GatewayRequest request, Authorized caller) {
    String revision = caller.context().getOrDefault("revision", "");
    return adminUrl.isEmpty() || revision.isEmpty()
        ? Optional.empty()
        : Optional.of(adminUrl + "/explain?" + query(request, caller.context(), revision));
  }

  private static String query(
      GatewayRequest request, Map<String, String> context, String revision) {
    boolean webSocket = request.stage().type() == ApiType.WEBSOCKET;
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("api", request.stage().apiId());
    parameters.put("stage", request.stage().stage());
    parameters.put("revision", revision);
    parameters.put("method", webSocket ? "CONNECT" : request.method());
    parameters.put("path", webSocket ? request.method() : request.path());
    parameters.put("roles", context.getOrDefault("roles", ""));
    parameters.put("at", Instant.ofEpochSecond(request.time().getEpochSecond()).toString());
    parameters.put("document", context.getOrDefault("document", ""));
    return parameters.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
