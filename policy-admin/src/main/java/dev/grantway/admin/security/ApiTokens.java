package dev.grantway.admin.security;

import dev.grantway.admin.common.Trace;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Access tokens of the REST API: from the issuer that operators sign in at, for the API's own
 * audience, so that neither an ID token nor a token for another API is taken.
 */
final class ApiTokens {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ApiTokens() {}

  static JwtDecoder decoder(String issuer, String audience) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(issuer)
            .restOperations(traced())
            .validateType(false)
            .build();
    decoder.setJwtValidator(validator(issuer, audience));
    return decoder;
  }

  /** For discovery and keys: a call says of which trace it is. */
  private static RestTemplate traced() {
    var requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    var rest = new RestTemplate(requests);
    rest.getInterceptors()
        .add(
            (request, body, next) -> {
              Trace.parent().ifPresent(it -> request.getHeaders().set(Trace.PARENT, it));
              return next.execute(request, body);
            });
    return rest;
  }

  /** RFC 9068 §4, but for the type, which older issuers leave at {@code JWT}. */
  static OAuth2TokenValidator<Jwt> validator(String issuer, String audience) {
    var type = new JwtTypeValidator(List.of("at+jwt", "JWT"));
    type.setAllowEmpty(true);
    return JwtValidators.createDefaultWithValidators(
        List.of(
            type,
            new org.springframework.security.oauth2.jwt.JwtIssuerValidator(issuer),
            token ->
                token.getAudience() != null && token.getAudience().contains(audience)
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(
                            "invalid_token",
                            "the token is for another audience than `" + audience + "`",
                            null))));
  }
}
