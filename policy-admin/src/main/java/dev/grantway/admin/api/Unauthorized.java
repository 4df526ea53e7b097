package dev.grantway.admin.api;

import dev.grantway.admin.security.ApiTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Who brings no token, or one that is not taken: the challenge of RFC 6750 section 3 and why. */
@Component
class Unauthorized implements AuthenticationEntryPoint {
  private final BearerTokenAuthenticationEntryPoint challenge =
      new BearerTokenAuthenticationEntryPoint();

  /** Why a token that came is not taken, as the challenge says it too: when it expired, say. */
  private static Optional<String> refused(AuthenticationException why) {
    return why instanceof OAuth2AuthenticationException it
        ? Optional.ofNullable(it.getError().getDescription())
        : Optional.empty();
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    if (why instanceof ApiTokens.IssuerDown) {
      Problem.write(response, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "issuer-down"));
      return;
    }
    challenge.commence(request, response, why);
    ResponseEntity<byte[]> problem =
        refused(why)
            .map(it -> Problem.of(HttpStatus.UNAUTHORIZED, "token-refused", it))
            .orElseGet(() -> Problem.of(HttpStatus.UNAUTHORIZED, "no-token"));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(Objects.requireNonNull(problem.getBody()));
  }
}
