package dev.grantway.wiring;

import dev.grantway.resource.ApiType;
import java.util.List;
import java.util.Optional;

/**
 * How one stage of an API is wired, as API Gateway tells.
 *
 * @param deployed whether the stage is there; if it is not, nothing else is known of it
 * @param asDeployed whether routes and authorizers are those that were deployed to the stage; else
 *     they are what the API has now, which callers meet from the next deployment on
 * @param pending what the API has now and the stage has not, as {@code GET /orders: authorizer a
 *     instead of b}; none where that is not known
 * @param responses what a REST API answers by itself, as it has them now; else none
 */
public record StageReading(
    String api,
    ApiType type,
    String stage,
    boolean deployed,
    boolean asDeployed,
    List<AttachedRoute> routes,
    List<AttachedAuthorizer> authorizers,
    List<String> pending,
    List<GatewayResponse> responses) {
  public StageReading {
    routes = List.copyOf(routes);
    authorizers = List.copyOf(authorizers);
    pending = List.copyOf(pending);
    responses = List.copyOf(responses);
  }

  /** Without gateway responses. */
  public StageReading(
      String api,
      ApiType type,
      String stage,
      boolean deployed,
      boolean asDeployed,
      List<AttachedRoute> routes,
      List<AttachedAuthorizer> authorizers,
      List<String> pending) {
    this(api, type, stage, deployed, asDeployed, routes, authorizers, pending, List.of());
  }

  /** The same with these. */
  public StageReading with(List<GatewayResponse> gatewayResponses) {
    return new StageReading(
        api, type, stage, deployed, asDeployed, routes, authorizers, pending, gatewayResponses);
  }

  /** A stage that is not there. */
  public static StageReading missing(String api, ApiType type, String stage) {
    return new StageReading(api, type, stage, false, true, List.of(), List.of(), List.of());
  }

  /**
   * The authorizer that counts as ours.
   *
   * @param wanted its name or id; empty: the one that is asked about most routes
   */
  public Optional<AttachedAuthorizer> authorizer(String wanted) {
    return wanted.isEmpty()
        ? authorizers.stream()
            .filter(it -> asked(it) > 0)
            .max((a, b) -> Long.compare(asked(a), asked(b)))
        : authorizers.stream()
            .filter(it -> it.name().equals(wanted) || it.id().equals(wanted))
            .findFirst();
  }

  private long asked(AttachedAuthorizer authorizer) {
    return routes.stream().filter(route -> route.authorizer().equals(authorizer.name())).count();
  }
}
