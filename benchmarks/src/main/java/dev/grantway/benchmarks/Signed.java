package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;

/**
 * A token whose signature Nimbus checks, with everything parsed before: the floor of whatever
 * verifies tokens.
 */
record Signed(JWSVerifier verifier, SignedJWT token, byte[] input) {

  static Signed of(Tokens issuer, SignedJWT token) throws JOSEException {
    return new Signed(issuer.nimbus(), token, token.getSigningInput());
  }

  boolean verify() throws JOSEException {
    return verifier.verify(token.getHeader(), input, token.getSignature());
  }
}
