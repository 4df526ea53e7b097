package dev.grantway.admin.security;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.grantway.admin.common.Trace;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Access tokens of the REST API: from an issuer that is configured for it, for the API's own
 * audience, so that neither an ID token nor a token for another API is taken.
 */
public final class ApiTokens {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ApiTokens() {}

  /**
   * Takes tokens of several issuers, each by its own keys. Which one a token is of is read before
   * it is verified, and then verified.
   *
   * @param own whose decoder refuses what is of none
   */
  static JwtDecoder decoder(String own, Collection<String> others, String audience) {
    var decoders = new HashMap<String, JwtDecoder>();
    others.forEach(it -> decoders.put(it, new SupplierJwtDecoder(() -> decoder(it, audience))));
    var first = new SupplierJwtDecoder(() -> decoder(own, audience));
    return token -> verified(decoders.getOrDefault(issuer(token), first), token);
  }

  private static Jwt verified(JwtDecoder decoder, String token) {
    try {
      return decoder.decode(token);
    } catch (BadJwtException refused) {
      throw refused;
    } catch (JwtException | JwtDecoderInitializationException noKeys) {
      throw new IssuerDown(noKeys);
    }
  }

  /** Nothing can be said of a token, since its issuer's keys cannot be had. */
  public static final class IssuerDown extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private IssuerDown(RuntimeException why) {
      super("the issuer of a token does not answer", why);
    }
  }

  private static String issuer(String token) {
    try {
      // One that is encrypted has no claims to read, and is refused by whoever verifies it.
      @Nullable JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
      return claims == null ? "" : String.valueOf(claims.getIssuer());
    } catch (ParseException unreadable) {
      return "";
    }
  }

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
