package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.keys.Algorithm;
import dev.grantway.authorizer.keys.KeySet;
import dev.grantway.authorizer.keys.KeySource;
import dev.grantway.authorizer.token.Issuer;
import dev.grantway.authorizer.token.RoleRules;
import dev.grantway.authorizer.token.RoleSource;
import dev.grantway.authorizer.token.TokenVerifier;
import dev.grantway.authorizer.token.TrustedIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One issuer with one key, for benchmarks: it signs an access token of ordinary size, and knows the
 * verifiers that must accept it.
 */
final class Tokens {
  private static final String ISSUER = "https://issuer.example/";
  private static final String AUDIENCE = "https://api.example";

  /** When every token is looked at; tokens are issued then. */
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final JWSAlgorithm algorithm;
  private final JWK key;

  private Tokens(JWSAlgorithm algorithm, JWK key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /** An issuer that signs with a fresh key: RS256 with 2048 bits, or ES256. */
  static Tokens signedBy(String algorithm) throws JOSEException {
    return switch (algorithm) {
      case "RS256" ->
          new Tokens(JWSAlgorithm.RS256, new RSAKeyGenerator(2048).keyID("one").generate());
      case "ES256" ->
          new Tokens(JWSAlgorithm.ES256, new ECKeyGenerator(Curve.P_256).keyID("one").generate());
      default -> throw new IllegalArgumentException("no key for algorithm `" + algorithm + "`");
    };
  }

  /** An access token with two roles and what issuers commonly put beside them. */
  SignedJWT token() throws JOSEException {
    return tokenOf(ISSUER);
  }

  /** The same with other roles. */
  SignedJWT tokenWith(List<String> roles) throws JOSEException {
    return tokenOf(ISSUER, roles);
  }

  /** The same, claiming to be of that issuer. */
  SignedJWT tokenOf(String name) throws JOSEException {
    return tokenOf(name, List.of("clerk", "support"));
  }

  private SignedJWT tokenOf(String name, List<String> roles) throws JOSEException {
    var header =
        new JWSHeader.Builder(algorithm)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType("at+jwt"))
            .build();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(name)
            .audience(AUDIENCE)
            .subject("6f2d1a34-6f3c-4a0e-9d5a-0d9b0f4f6b11")
            .claim("client_id", "orders-web")
            .jwtID("0b7e8c9a-33a5-4d0f-8f0e-5f4b0d6a7c21")
            .issueTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(3600)))
            .claim("scope", "orders:read orders:write")
            .claim("roles", roles)
            .build();
    var token = new SignedJWT(header, claims);
    token.sign(signer());
    return token;
  }

  private JWSSigner signer() throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSASigner(rsa);
      case ECKey ec -> new ECDSASigner(ec);
      default -> throw new IllegalStateException("no signer for " + key.getKeyType());
    };
  }

  /** Nimbus's verifier of signatures, with its key parsed. */
  JWSVerifier nimbus() throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa.toPublicJWK());
      case ECKey ec -> new ECDSAVerifier(ec.toPublicJWK());
      default -> throw new IllegalStateException("no verifier for " + key.getKeyType());
    };
  }

  /** Nimbus's processor, configured as for an ordinary issuer. */
  DefaultJWTProcessor<SecurityContext> processor() {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            algorithm, new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(ISSUER).build(),
            Set.of("sub", "iat", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(NOW);
          }
        });
    return processor;
  }

  /** The issuer as the authorizer's settings describe it, with its keys. */
  String setting() {
    return """
    [{"alias": "corp", "issuer": "%s", "audiences": ["%s"], "algorithms": ["%s"],
      "roles": ["/roles"], "jwks": %s}]\
    """
        .formatted(ISSUER, AUDIENCE, algorithm, new JWKSet(key.toPublicJWK()));
  }

  /** Ours, configured as for an ordinary issuer, its key set read. */
  TokenVerifier ours() {
    var published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    var keys = KeySource.inline(KeySet.read(published).orElseThrow());
    return new TokenVerifier(
        List.of(new TrustedIssuer(issuer(), keys)),
        Duration.ofSeconds(60),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Issuer issuer() {
    var reading =
        new Issuer.Reading(
            new JsonPointer("/sub"),
            List.of(new JsonPointer("/client_id")),
            List.of(new JsonPointer("/sid")),
            List.of(new JsonPointer("/groups")),
            Optional.of(new JsonPointer("/scope")),
            " ",
            Map.of());
    var roles = new RoleSource(new JsonPointer("/roles"), new RoleSource.Form.Names(), "", false);
    return new Issuer(
        "corp",
        ISSUER,
        List.of(Algorithm.RS256, Algorithm.ES256),
        Set.of("at+jwt"),
        Issuer.TokenKind.ACCESS,
        new Issuer.Acceptance(Set.of(AUDIENCE), Set.of(), false, Map.of()),
        Duration.ofHours(24),
        reading,
        new RoleRules(List.of(roles), Optional.empty(), false, Optional.empty()));
  }
}
