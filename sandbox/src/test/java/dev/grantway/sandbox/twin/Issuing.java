package dev.grantway.sandbox.twin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** An issuer with one key of its own. */
final class Issuing {
  private static final String ISSUER = "https://issuer.test/corp";
  private static final String AUDIENCE = "https://api.test";

  private final String alias;
  private final ECKey key;
  private final Clock clock;

  Issuing(String alias, Clock clock) throws JOSEException {
    this.alias = alias;
    this.key = new ECKeyGenerator(Curve.P_256).keyID("k1").algorithm(JWSAlgorithm.ES256).generate();
    this.clock = clock;
  }

  /** The value of {@code GRANTWAY_ISSUERS}. */
  String setting() {
    return """
        [{"alias":"%s","issuer":"%s","algorithms":["ES256"],"audiences":["%s"],
          "roles":["/roles"],"groups":["/groups"],"client":["/client_id"],
          "principal":"/principal","scopes":{"path":"/scope","split":"space"},"jwks":%s}]"""
        .formatted(alias, ISSUER, AUDIENCE, new JWKSet(key.toPublicJWK()).toString());
  }

  String withRoles(List<String> roles) throws JOSEException {
    return token(Map.of("roles", roles));
  }

  /** A signed token good for an hour; the claims win over the usual ones. */
  String token(Map<String, Object> claims) throws JOSEException {
    var set =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject("alice")
            .claim("principal", "p-1")
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
    claims.forEach(set::claim);
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    var jwt = new SignedJWT(header, set.build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }
}
