package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import dev.grantway.authorizer.AuthorizerHandler;
import org.jspecify.annotations.Nullable;

/** Answers an HTTP API's events of payload 2.0 with {@code isAuthorized}. */
public final class SimpleHttpApiAuthorizer
    implements RequestHandler<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> {
  private final AuthorizerHandler handler;

  /**
   * As deployed: settings from the environment.
   *
   * @throws IllegalStateException unless {@code GRANTWAY_SIMPLE_RESPONSES} is on
   */
  public SimpleHttpApiAuthorizer() {
    this(Deployed.handler());
    Deployed.requireSimple(true);
  }

  /** In front of that handler, which must give simple answers. */
  public SimpleHttpApiAuthorizer(AuthorizerHandler handler) {
    this.handler = handler;
  }

  /**
   * Answers one event.
   *
   * @throws RuntimeException for a 500
   */
  @Override
  public SimpleIAMPolicyResponse handleRequest(
      APIGatewayV2CustomAuthorizerEvent event, @Nullable Context context) {
    return SimpleAnswers.read(handler.answer(EventJson.of(event)));
  }
}
