package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call decided by ours and by others, all with the same token and the same policy. The baseline
 * is Nimbus's check of the signature alone, the floor of all. The others begin with the token's
 * text and end with a boolean (the blueprint with a policy); ours begins with the event's bytes and
 * ends with the answer's, its line of the log made and not written.
 */
@About(
    "A call decided by ours and by others, all with the same token and the same "
        + "policy; every answer to the same 40 calls (20 at 100,000; half allowed, half denied, "
        + "where there are as many) was compared, first those that a DENY takes away from an ALLOW "
        + "(none at 10, 14 at 1,000, 6 at 100,000). The baseline is Nimbus's check of the "
        + "signature alone, the floor of all. The others begin with the token's text and "
        + "end with a boolean; ours begins with the event's bytes and ends with the "
        + "answer's bytes, its line of the log made, and not written. nimbusMap: Nimbus's "
        + "DefaultJWTProcessor as connect2id.com/products/nimbus-jose-jwt/examples/"
        + "validating-jwt-access-tokens has it, and a HashMap written by hand. casbin: jCasbin 1.99.0, RBAC "
        + "with keyMatch2 and deny-override as casbin.org/docs/supported-models and "
        + "/docs/function have them, one enforcer with every rule; casbinSharded: an enforcer "
        + "with the rules of the caller's roles alone, loaded by loadFilteredPolicy and kept by "
        + "set of roles, as casbin.org/docs/performance says for many rules; casbinCached: its "
        + "CachedEnforcer, for the same question again. cedar: cedar-java 4.10.0 with "
        + "PolicySet.cache() (cedar-java pull request 350), a policy for each group with a list "
        + "of actions, of the form that Amazon Verified Permissions has for API Gateway "
        + "(docs.aws.amazon.com/apigateway/latest/developerguide/"
        + "apigateway-lambda-authorizer-verified-permissions.html), and one that forbids for "
        + "each. blueprint: the token checked, then whatever was called is "
        + "allowed (github.com/awslabs/aws-apigateway-lambda-authorizer-blueprints); it "
        + "looks at no policy. grantwayUnheld: every slice read anew, of memory, and the "
        + "document compiled and proved anew. The caller holds 10 permissions at 10 and about 250 "
        + "from 1,000 on; what grows beyond is the others'.")
@Brief(
    methods = {"casbin", "casbinSharded", "cedar", "grantway", "grantwayUnheld"},
    with = "algorithm=RS256")
@Brief(
    methods = "nimbusMap",
    with = {"algorithm=RS256", "permissions=10,100000"})
@Brief(
    methods = "casbinCached",
    with = {"algorithm=RS256", "permissions=10,100000", "call=allowed"})
@Brief(
    methods = {"casbinSharded", "cedar"},
    with = {"algorithm=ES256", "permissions=1000", "call=allowed"})
@Brief(
    methods = {"nimbusSignature", "blueprint"},
    with = {"algorithm=RS256", "permissions=1000", "call=allowed"})
@Brief(
    methods = "nimbusSignature",
    with = {"algorithm=ES256", "permissions=1000", "call=allowed"})
@Brief(
    methods = {"grantway", "nimbusMap"},
    with = {"algorithm=ES256", "permissions=1000"})
@State(Scope.Benchmark)
public class DecisionPath {
  private static final int MANY = 10_000;
  private static final int COMPARED = 20;
  private static final int COMPARED_OF_MANY = 10;

  /** How many permissions the policy has; the caller's five roles have 50 each at most. */
  @Param({"10", "1000", "100000"})
  public int permissions = 10;

  /** How the token is signed. */
  @Param({"RS256", "ES256"})
  public String algorithm = "RS256";

  /** Whether the call is one that the policy allows. */
  @Param({"allowed", "denied"})
  public String call = "allowed";

  private Signed floor;
  private String token;
  private DefaultJWTProcessor<SecurityContext> processor;
  private PeerWorld world;
  private Peer map;
  private final Map<String, Peer> others = new HashMap<>();
  private List<PeerWorld.Asked> compared = List.of();
  private PeerWorld.Asked asked;
  private AuthorizerHandler held;
  private AuthorizerHandler unheld;
  private byte[] event;
  private volatile String line = "";

  /** Sees that ours answers as a map written by hand does, allowed and denied. */
  @Setup
  public void prepare() throws JOSEException, ParseException, BadJOSEException {
    world = PeerWorld.of(permissions);
    Tokens issuer = Tokens.signedBy(algorithm);
    SignedJWT made = issuer.tokenWith(PeerWorld.held());
    token = made.serialize();
    floor = Signed.of(issuer, made);
    processor = issuer.processor();
    map = new MapPeer(world, PeerWorld.held());
    var clock = Clock.fixed(Tokens.NOW, ZoneOffset.UTC);
    held = handler(issuer, InMemoryPolicy.of(world.policy(), clock), clock);
    var moving = MovingPolicy.atEachRead(world.policy(), clock);
    unheld = handler(issuer, moving, new Ticking());
    Answers.mustBe(true, nimbusSignature(), "the token, by Nimbus's signature alone");
    List<PeerWorld.Asked> allowed = some(true);
    List<PeerWorld.Asked> denied = some(false);
    compared = Stream.concat(allowed.stream(), denied.stream()).toList();
    for (PeerWorld.Asked other : compared) {
      compareOurs(other, map.allows(other));
    }
    boolean wanted = call.equals("allowed");
    asked = (wanted ? allowed : denied).getFirst();
    compareOurs(asked, wanted);
    long before = moving.reads();
    grantwayUnheld();
    Answers.mustBe(true, moving.reads() > before, "whether head is read for each call");
    Answers.mustBe(wanted, nimbusMap(), "the call, after Nimbus");
    Answers.mustBe(true, line.contains(wanted ? "\"ALLOW\"" : "\"DENY\""), "what the log says");
    Answers.mustBe(
        true,
        new String(blueprint(), StandardCharsets.UTF_8).contains(asked.path()),
        "the blueprint's policy");
  }

  /**
   * Calls that are allowed, or that are not, in an order drawn by a fixed seed; of the latter those
   * first that one of the caller's permissions allows and another denies.
   */
  private List<PeerWorld.Asked> some(boolean allowed) {
    var calls = new ArrayList<>(world.calls());
    Collections.shuffle(calls, new Random(3));
    Set<PeerWorld.Asked> overridden = world.overridden();
    return calls.stream()
        .filter(it -> map.allows(it) == allowed)
        .sorted(Comparator.comparing(it -> !overridden.contains(it)))
        .limit(permissions > MANY ? COMPARED_OF_MANY : COMPARED)
        .toList();
  }

  /** A microsecond later whenever it is asked, so that nothing read before is as old as nothing. */
  private static final class Ticking extends Clock {
    private final AtomicLong micros = new AtomicLong();

    @Override
    public Instant instant() {
      return Tokens.NOW.plus(micros.incrementAndGet(), ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private AuthorizerHandler handler(Tokens issuer, PolicyReader policy, Clock clock) {
    Map<String, String> settings = new HashMap<>(AuthorizerCall.settings(issuer, false));
    settings.put("GRANTWAY_POLICY_MAX_AGE", policy instanceof MovingPolicy ? "0s" : "5s");
    return new AuthorizerHandler(settings, policy, clock, it -> line = it);
  }

  private void compareOurs(PeerWorld.Asked other, boolean right) {
    event = Events.of(other.method(), other.template(), other.path(), token);
    Answers.mustBe(right, isAllow(grantway()), other + ", by Grantway");
    Answers.mustBe(right, isAllow(grantwayUnheld()), other + ", by Grantway with nothing held");
  }

  /**
   * A peer of that name, made when it is first asked: some take long to load 100,000 rules. It then
   * has to answer the calls that ours was compared on, each twice.
   */
  private Peer peer(String name, Supplier<Peer> made) {
    Peer known = others.get(name);
    if (known == null) {
      known = made.get();
      others.put(name, known);
      for (PeerWorld.Asked other : compared) {
        Answers.mustBe(map.allows(other), known.allows(other), other + ", by " + name);
        Answers.mustBe(map.allows(other), known.allows(other), other + ", again, by " + name);
      }
    }
    return known;
  }

  private static boolean isAllow(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8).contains("\"Effect\":\"Allow\"");
  }

  private JWTClaimsSet claims() throws ParseException, BadJOSEException, JOSEException {
    return processor.process(token, null);
  }

  /** Nimbus's check of the signature alone. */
  @Benchmark
  @Baseline("algorithm")
  public boolean nimbusSignature() throws JOSEException {
    return floor.verify();
  }

  /** Nimbus's processor, then a map written by hand. */
  @Benchmark
  public boolean nimbusMap() throws ParseException, BadJOSEException, JOSEException {
    return claims() != null && map.allows(asked);
  }

  /** Nimbus's processor, then one enforcer of jCasbin, which looks at every rule. */
  @Benchmark
  public boolean casbin() throws ParseException, BadJOSEException, JOSEException {
    return claims() != null
        && peer("jCasbin", () -> CasbinPeer.of(world, PeerWorld.held(), false)).allows(asked);
  }

  /** Nimbus's processor, then jCasbin's enforcer that has loaded the caller's roles alone. */
  @Benchmark
  public boolean casbinSharded() throws ParseException, BadJOSEException, JOSEException {
    return claims() != null
        && peer("jCasbin's shard", () -> CasbinPeer.sharded(world, PeerWorld.held())).allows(asked);
  }

  /** Nimbus's processor, then jCasbin's answer to the same question before. */
  @Benchmark
  public boolean casbinCached() throws ParseException, BadJOSEException, JOSEException {
    return claims() != null
        && peer("jCasbin's cache", () -> CasbinPeer.of(world, PeerWorld.held(), true))
            .allows(asked);
  }

  /** Nimbus's processor, then Cedar with its policies, one a group, parsed before. */
  @Benchmark
  public boolean cedar() throws ParseException, BadJOSEException, JOSEException {
    return claims() != null
        && peer("cedar-java", () -> new CedarPeer(world, PeerWorld.held())).allows(asked);
  }

  /**
   * As AWS's blueprints do (github.com/awslabs/aws-apigateway-lambda-authorizer-blueprints): the
   * token checked, and whatever was called allowed. It looks at no policy, so that its answer is
   * compared with nothing.
   */
  @Benchmark
  public byte[] blueprint() throws ParseException, BadJOSEException, JOSEException {
    return """
    {"principalId":"%s","policyDocument":{"Version":"2012-10-17","Statement":[{"Action":\
    "execute-api:Invoke","Effect":"Allow","Resource":["arn:aws:execute-api:us-east-1:\
    123456789012:a1b2c3d4e5/prod/%s%s"]}]}}\
    """
        .formatted(claims().getSubject(), asked.method(), asked.path())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Ours, with what the caller's roles may do held, and the document made before. */
  @Benchmark
  public byte[] grantway() {
    return held.answer(event);
  }

  /** Ours, with every slice read and the document compiled and proved anew; reads are of memory. */
  @Benchmark
  public byte[] grantwayUnheld() {
    return unheld.answer(event);
  }
}
