package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.grantway.authorizer.AuthorizerHandler;
import org.jspecify.annotations.Nullable;

/** Answers an HTTP API's events of payload 2.0 with policy documents. */
public final class HttpApiAuthorizer
    implements RequestHandler<APIGatewayV2CustomAuthorizerEvent, IamPolicyResponse> {
  private final AuthorizerHandler handler;

  /**
   * As deployed: settings from the environment.
   *
   * @throws IllegalStateException if {@code GRANTWAY_RESOURCE_POLICY_FENCE} or {@code
   *     GRANTWAY_SIMPLE_RESPONSES} is on
   */
  public HttpApiAuthorizer() {
    this(Deployed.handler());
    Deployed.requireSimple(false);
  }

  /** In front of that handler, which must not give simple answers. */
  public HttpApiAuthorizer(AuthorizerHandler handler) {
    this.handler = handler;
  }

  /**
   * Answers one event.
   *
   * @throws RuntimeException for a 500
   */
  @Override
  public IamPolicyResponse handleRequest(
      APIGatewayV2CustomAuthorizerEvent event, @Nullable Context context) {
    return PolicyAnswers.read(handler.answer(EventJson.of(event)));
  }
}
