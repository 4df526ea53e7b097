package dev.grantway.sandbox.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Signs access tokens for callers of the sample API: what {@code grantway token} asks. It exists in
 * the sandbox alone. A page in a browser cannot ask it, since it cannot send the header from
 * another origin.
 */
@RestController
class TokenMint {
  static final String PATH = "/tokens";
  private static final long MAX_SECONDS = 24 * 3600;

  private final IssuerSettings settings;
  private final SigningKeys keys;
  private final Clock clock = Clock.systemUTC();

  TokenMint(IssuerSettings settings, SigningKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** Body: sub, client, roles, ttl (seconds), claims (merged last, and may replace any other). */
  @PostMapping(path = PATH, produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> mint(
      @RequestHeader("Host") String host,
      @RequestHeader("X-Grantway-Sandbox") String sandbox,
      @RequestBody String body) {
    if (!host.equals("127.0.0.1:" + settings.port()) || !sandbox.equals("token")) {
      return ResponseEntity.status(HttpStatus.FORBIDDEN).body("ask through `./grantway token`");
    }
    try {
      return ResponseEntity.ok(sign(claims(JSONObjectUtils.parse(body))));
    } catch (ParseException | IllegalArgumentException refused) {
      return ResponseEntity.badRequest().body(String.valueOf(refused.getMessage()));
    }
  }

  @SuppressWarnings("JavaUtilDate") // Nimbus takes no Instant
  private JWTClaimsSet claims(Map<String, Object> wanted) throws ParseException {
    long ttl = JSONObjectUtils.getLong(wanted, "ttl");
    if (ttl < 1 || ttl > MAX_SECONDS) {
      throw new IllegalArgumentException("a token lives 1 s to 24 h, not " + ttl + " s");
    }
    long now = clock.instant().getEpochSecond();
    String client = JSONObjectUtils.getString(wanted, "client");
    String[] roles = JSONObjectUtils.getStringArray(wanted, "roles");
    var builder =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuer())
            .subject(JSONObjectUtils.getString(wanted, "sub"))
            .audience(IssuerSettings.API_AUDIENCE)
            .claim("client_id", client)
            .claim("roles", roles == null ? List.of() : List.of(roles))
            .jwtID(UUID.randomUUID().toString())
            .issueTime(new Date(now * 1000))
            .expirationTime(new Date((now + ttl) * 1000));
    Map<String, Object> more = JSONObjectUtils.getJSONObject(wanted, "claims");
    if (more != null) {
      JWTClaimsSet.parse(more);
      more.forEach(builder::claim);
    }
    return builder.build();
  }

  private String sign(JWTClaimsSet claims) {
    RSAKey key = keys.current();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
