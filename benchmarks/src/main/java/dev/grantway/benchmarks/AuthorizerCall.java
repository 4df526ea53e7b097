package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.authorizer.UnauthorizedException;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import dev.grantway.store.InMemoryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a whole warm decision costs beyond its signature: event bytes in, answer bytes out, the line
 * of the log made and not written, head fresh and everything held. The caller has 5 roles with 60
 * permissions on an API of 100 routes, cached under token and route; a call that is allowed, and
 * one that a permission forbids. The baseline is Nimbus's check of the signature of the same token;
 * {@link TokenVerification} has more of Nimbus beside it.
 */
@About(
    "A whole warm decision, from the event's bytes to the answer's: five roles with "
        + "60 permissions on an API of 100 routes; authorizer: a call that is allowed, refused: one "
        + "that a permission forbids. The line of the log is made, and not written. The baseline is "
        + "Nimbus's check of the signature.")
@Brief(
    methods = {"authorizer", "refused"},
    with = "answer=document")
@Brief(
    methods = "authorizer",
    with = {"algorithm=RS256", "answer=simple"})
@Brief(methods = "nimbusSignature", with = "answer=document")
@State(Scope.Benchmark)
public class AuthorizerCall {
  private static final int ROUTES = 100;
  private static final int PERMISSIONS = 60;

  /** How the token is signed. */
  @Param({"RS256", "ES256"})
  public String algorithm = "RS256";

  /** A policy document for a REST API, or one boolean for an HTTP API. */
  @Param({"document", "simple"})
  public String answer = "document";

  private Signed floor;
  private AuthorizerHandler handler;
  private byte[] event;
  private byte[] forbidden;
  private volatile String line = "";

  /** Sees what the answers are, and that a token signed with another key gets a 401 or a no. */
  @Setup
  public void prepare() throws JOSEException {
    boolean simple = answer.equals("simple");
    var policy =
        SamplePolicy.of(ROUTES, PERMISSIONS, false).on(simple ? ApiType.HTTP : ApiType.REST);
    var roles = policy.roles().stream().map(RoleName::value).toList();
    Tokens issuer = Tokens.signedBy(algorithm);
    SignedJWT token = issuer.tokenWith(roles);
    floor = Signed.of(issuer, token);
    var clock = Clock.fixed(Tokens.NOW, ZoneOffset.UTC);
    handler =
        new AuthorizerHandler(
            settings(issuer, simple),
            InMemoryPolicy.of(policy.policy(), clock),
            clock,
            it -> line = it);
    var allowed = policy.allowed();
    event = Events.of(allowed, Tokens.signedBy(algorithm).tokenWith(roles).serialize(), simple);
    forbidden = Events.of(policy.denied(), token.serialize(), simple);
    Answers.mustBe(false, allows(this::authorizer), "an event with a token of another key");
    Answers.mustBe(false, allows(this::refused), "an event that a permission forbids");
    Answers.mustBe(true, line.contains("\"DENY\""), "what the log says of it");
    event = Events.of(allowed, token.serialize(), simple);
    Answers.mustBe(true, allows(this::authorizer), "an event with a token of the issuer");
    Answers.mustBe(true, line.contains("\"ALLOW\""), "what the log says");
    Answers.mustBe(true, nimbusSignature(), "the token, by Nimbus's signature alone");
  }

  static Map<String, String> settings(Tokens issuer, boolean simple) {
    return Map.of(
        "GRANTWAY_ISSUERS",
        issuer.setting(),
        "GRANTWAY_CACHE_KEY",
        "token+route",
        "GRANTWAY_CACHE_TTL",
        "300s",
        "GRANTWAY_SIMPLE_RESPONSES",
        simple ? "on" : "off");
  }

  private static boolean allows(Supplier<byte[]> asked) {
    try {
      var answered = new String(asked.get(), StandardCharsets.UTF_8);
      return answered.contains("\"Effect\":\"Allow\"")
          || answered.contains("\"isAuthorized\":true");
    } catch (UnauthorizedException refused) {
      return false;
    }
  }

  /** Nimbus's check of the signature alone. */
  @Benchmark
  @Baseline("algorithm")
  public boolean nimbusSignature() throws JOSEException {
    return floor.verify();
  }

  /** The authorizer, from the event's bytes to the answer's. */
  @Benchmark
  public byte[] authorizer() {
    return handler.answer(event);
  }

  /** The same for a call that a permission forbids. */
  @Benchmark
  public byte[] refused() {
    return handler.answer(forbidden);
  }
}
