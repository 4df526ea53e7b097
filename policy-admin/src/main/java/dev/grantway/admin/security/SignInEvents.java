package dev.grantway.admin.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Says of the framework's sign-ins which operators they are. */
@Component
class SignInEvents implements AuthenticationFailureHandler {
  private final ApplicationEventPublisher events;
  private final SignedInOperators operators;
  private final AuthenticationFailureHandler next =
      new SimpleUrlAuthenticationFailureHandler(SecurityConfiguration.SIGN_IN + "?error");

  SignInEvents(ApplicationEventPublisher events, SignedInOperators operators) {
    this.events = events;
    this.operators = operators;
  }

  /** Comes before the session holds anything: what listeners throw leaves nobody signed in. */
  @EventListener
  void signedIn(AuthenticationSuccessEvent event) {
    if (event.getAuthentication().getPrincipal() instanceof OidcUser user) {
      events.publishEvent(new OperatorSignIn.Done(operators.operator(user.getIdToken())));
    }
  }

  @EventListener
  void signedOut(LogoutSuccessEvent event) {
    if (event.getAuthentication().getPrincipal() instanceof OidcUser user) {
      events.publishEvent(new OperatorSignIn.Ended(operators.operator(user.getIdToken())));
    }
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    events.publishEvent(new OperatorSignIn.Failed(code(failure)));
    next.onAuthenticationFailure(request, response, failure);
  }

  private static String code(AuthenticationException failure) {
    String code =
        failure instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : failure.getClass().getSimpleName();
    return code.matches("[A-Za-z0-9_]{1,60}") ? code : "other";
  }
}
