package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.grantway.authorizer.AuthorizerHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers a REST API's TOKEN and REQUEST events and an HTTP API's events of payload 1.0.
 *
 * <p>The library's event has one value of each header and query parameter. So a second {@code
 * Authorization} value, which {@link AuthorizerHandler} refuses, is not seen, and conditions look
 * at one value of a header or parameter. WebSocket events cannot be told from others by it and are
 * refused.
 */
public final class RestAuthorizer
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {
  private final AuthorizerHandler handler;

  /**
   * As deployed: settings from the environment.
   *
   * @throws IllegalStateException if {@code GRANTWAY_RESOURCE_POLICY_FENCE} is on, which the
   *     library's answer cannot hold
   */
  public RestAuthorizer() {
    this(Deployed.handler());
  }

  /** In front of that handler. */
  public RestAuthorizer(AuthorizerHandler handler) {
    this.handler = handler;
  }

  /**
   * Answers one event.
   *
   * @throws RuntimeException as {@link AuthorizerHandler#answer} does: a message of exactly {@code
   *     Unauthorized} is a 401, any other a 500
   */
  @Override
  public IamPolicyResponse handleRequest(
      APIGatewayCustomAuthorizerEvent event, @Nullable Context context) {
    return PolicyAnswers.read(handler.answer(EventJson.of(event)));
  }
}
