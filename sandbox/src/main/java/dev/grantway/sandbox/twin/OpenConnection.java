package dev.grantway.sandbox.twin;

import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.http.Conversation;
import java.util.Optional;
import java.util.UUID;

/** Somebody who is connected to a WebSocket API: each message goes to the route that it names. */
final class OpenConnection implements Conversation {
  private final DeployedStage stage;
  private final GatewayRequest connect;
  private final Authorized caller;

  OpenConnection(DeployedStage stage, GatewayRequest connect, Authorized caller) {
    this.stage = stage;
    this.connect = connect;
    this.caller = caller;
  }

  @Override
  public String reply(String message) {
    Optional<Route> route = RouteSelection.of(message, stage.deployedRoutes());
    return route
        .map(found -> SampleBackend.reply(connect, caller, found.toString(), message))
        .orElseGet(() -> forbidden(connect));
  }

  /** What API Gateway sends to a message without a route, and the sample backend likewise. */
  static String forbidden(GatewayRequest connect) {
    return "{\"message\":\"Forbidden\",\"connectionId\":\"%s\",\"requestId\":\"%s\"}"
        .formatted(connect.extendedRequestId(), UUID.randomUUID());
  }
}
