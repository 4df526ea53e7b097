package dev.grantway.admin.changes;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An issuer {@code corp} whose key an authorizer is given, and its tokens. */
public final class OwnIssuer {
  private static final Duration LIFE = Duration.ofHours(3);
  private final ECKey key;

  public OwnIssuer() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("k").algorithm(JWSAlgorithm.ES256).generate();
  }

  /** As {@code GRANTWAY_ISSUERS} holds it. */
  public String setting() {
    return """
    [{"alias":"corp","issuer":"https://issuer.test","algorithms":["ES256"],
      "audiences":["api"],"roles":["/roles"],"jwks":%s}]"""
        .formatted(new JWKSet(key.toPublicJWK()));
  }

  /** A token of that caller with more claims, good for three hours from then on. */
  public String token(String subject, Map<String, Object> more, Instant issued)
      throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("https://issuer.test")
            .audience("api")
            .subject(subject)
            .issueTime(Date.from(issued))
            .expirationTime(Date.from(issued.plus(LIFE)));
    more.forEach(claims::claim);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            claims.build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }
}
