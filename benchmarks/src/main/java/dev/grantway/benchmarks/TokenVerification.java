package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.grantway.authorizer.keys.KeysUnavailableException;
import dev.grantway.authorizer.token.TokenVerifier;
import dev.grantway.authorizer.token.Verification;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a token costs beyond its signature. The baseline is Nimbus's check of the signature alone,
 * with everything parsed before; beside it stand Nimbus with its own parsing and no other check,
 * Nimbus's processor with the checks that it has, and ours with every check, from the header's
 * value to a verified token, to a refusal for which no signature is needed, or to one of a wrong
 * signature.
 */
@About(
    "What a token costs beyond its signature, whose check by Nimbus, with everything "
        + "parsed before, is the baseline. grantway: a good token; grantwayRefusal: one of an "
        + "issuer that nobody trusts, which is known without its signature; "
        + "grantwayWrongSignature and nimbusWrongSignature: one that another key has signed.")
@Brief(methods = {"nimbusSignature", "grantway"})
@Brief(
    methods = {
      "nimbusToken",
      "nimbusProcessor",
      "grantwayRefusal",
      "grantwayWrongSignature",
      "nimbusWrongSignature"
    },
    with = "algorithm=RS256")
@State(Scope.Benchmark)
public class TokenVerification {
  /** How the token is signed. */
  @Param({"RS256", "ES256"})
  public String algorithm = "RS256";

  private String token;
  private Signed floor;
  private JWSVerifier nimbus;
  private DefaultJWTProcessor<SecurityContext> processor;
  private TokenVerifier ours;
  private String strangers;
  private String forged;

  /** Signs a token, and sees that all accept it, and refuse one signed with another key. */
  @Setup
  public void prepare() throws JOSEException, ParseException, KeysUnavailableException {
    Tokens issuer = Tokens.signedBy(algorithm);
    nimbus = issuer.nimbus();
    processor = issuer.processor();
    ours = issuer.ours();
    strangers = issuer.tokenOf("https://issuer.example").serialize();
    Answers.mustBe("unknown-issuer", code(grantwayRefusal()), "a token of a stranger");
    SignedJWT other = Tokens.signedBy(algorithm).token();
    forged = other.serialize();
    Answers.mustBe("bad-signature", code(grantwayWrongSignature()), "a forged token");
    Answers.mustBe(true, nimbusWrongSignature() != null, "a forged token, by Nimbus");
    present(other);
    expect(false, "a token signed with another key");
    present(issuer.token());
    expect(true, "a token signed with the issuer's key");
  }

  private void present(SignedJWT signedToken) {
    token = signedToken.serialize();
    floor = new Signed(nimbus, signedToken, signedToken.getSigningInput());
  }

  private void expect(boolean accepted, String what)
      throws JOSEException, ParseException, KeysUnavailableException {
    Answers.mustBe(accepted, nimbusSignature(), what + ", by Nimbus's signature alone");
    Answers.mustBe(accepted, nimbusToken().isPresent(), what + ", by Nimbus");
    Answers.mustBe(accepted, processed(), what + ", by Nimbus's processor");
    Answers.mustBe(accepted, grantway() instanceof Verification.Verified, what + ", by Grantway");
  }

  private boolean processed() throws JOSEException, ParseException {
    try {
      return nimbusProcessor() != null;
    } catch (BadJOSEException refused) {
      return false;
    }
  }

  private static String code(Verification verification) {
    return verification instanceof Verification.Rejected(var why, _, _) ? why.code() : "none";
  }

  /** Nimbus's check of the signature alone. */
  @Benchmark
  @Baseline("algorithm")
  public boolean nimbusSignature() throws JOSEException {
    return floor.verify();
  }

  /** Nimbus from text to claims, with no check but the signature's. */
  @Benchmark
  public Optional<Object> nimbusToken() throws JOSEException, ParseException {
    SignedJWT parsed = SignedJWT.parse(token);
    return parsed.verify(nimbus) ? Optional.of(parsed.getJWTClaimsSet()) : Optional.empty();
  }

  /** Nimbus's processor, from text to claims whose issuer, audience and times it checked. */
  @Benchmark
  public JWTClaimsSet nimbusProcessor() throws JOSEException, ParseException, BadJOSEException {
    return processor.process(token, null);
  }

  /** Ours, from the header's value to a refusal before the signature. */
  @Benchmark
  public Verification grantwayRefusal() throws KeysUnavailableException {
    return ours.verify("Bearer " + strangers);
  }

  /** Ours, from the header's value to the refusal of a signature by another key. */
  @Benchmark
  public Verification grantwayWrongSignature() throws KeysUnavailableException {
    return ours.verify("Bearer " + forged);
  }

  /** Nimbus's processor, from text to the refusal of a signature by another key. */
  @Benchmark
  public @Nullable Exception nimbusWrongSignature() throws JOSEException, ParseException {
    try {
      processor.process(forged, null);
      return null;
    } catch (BadJOSEException refused) {
      return refused;
    }
  }

  /** Ours, from the header's value to a verified token. */
  @Benchmark
  public Verification grantway() throws KeysUnavailableException {
    return ours.verify("Bearer " + token);
  }
}
