package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a proved document costs: 5 roles with 200 permissions on an API of 300 routes, for the whole
 * stage and for one route, compiled anew and kept. The baseline is Nimbus's check of one RS256
 * signature. The budget is wide enough for the exact document, so that nothing is dropped.
 */
@State(Scope.Benchmark)
public class PolicyCompilation {
  private static final int RESOURCES = 30;
  private static final int PERMISSIONS = 200;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final ApiId ID = new ApiId("a1b2c3d4e5");
  private static final List<String> ROUTES =
      List.of(
          "GET /%s",
          "POST /%s",
          "GET /%s/search",
          "GET /%s/{id}",
          "PUT /%s/{id}",
          "DELETE /%s/{id}",
          "GET /%s/{id}/items",
          "POST /%s/{id}/items",
          "GET /%s/{id}/items/{item}",
          "DELETE /%s/{id}/items/{item}");

  /** Whether every fifth permission names one value of a variable. */
  @Param({"whole", "split"})
  public String permissions = "whole";

  private final KeepingCompiler keeping = new KeepingCompiler(10);
  private JWSVerifier nimbus;
  private JWSHeader header;
  private byte[] signed;
  private Base64URL signature;
  private CompileRequest stage;
  private CompileRequest route;

  /** Sees that each document is proved, allows something, and is the one that is kept. */
  @Setup
  public void prepare() throws JOSEException {
    Tokens issuer = Tokens.signedBy("RS256");
    SignedJWT token = issuer.token();
    nimbus = issuer.nimbus();
    header = token.getHeader();
    signed = token.getSigningInput();
    signature = token.getSignature();
    Api api = api();
    List<Permission> granted = granted(api, permissions.equals("split"));
    stage = request(api, granted, CacheKey.TOKEN);
    route = request(api, granted, CacheKey.TOKEN_AND_ROUTE);
    Answers.mustBe(true, nimbusSignature(), "the token's signature");
    for (Compilation compilation : List.of(wholeStage(), oneRoute())) {
      Answers.mustBe(true, compilation.emitted().proof().requests() > 0, "a proved document");
      Answers.mustBe(false, compilation instanceof Compilation.TooLarge, "too large a document");
    }
    Answers.mustBe(
        wholeStage().emitted().json(), keptStage().emitted().json(), "the kept document");
  }

  private static Api api() {
    var routes = new ArrayList<Route>();
    for (int i = 0; i < RESOURCES; i++) {
      for (String each : ROUTES) {
        routes.add(Route.parse(each.formatted("resource" + i)));
      }
    }
    return new Api(ID, "bench", List.of("prod"), new RouteTable(ApiType.REST, routes), false);
  }

  private static List<Permission> granted(Api api, boolean split) {
    var random = new Random(7);
    var granted = new ArrayList<Permission>();
    List<Route> routes = api.routes().routes();
    for (int i = 0; i < PERMISSIONS; i++) {
      Route on = routes.get(random.nextInt(routes.size()));
      String pattern = on.template().toString();
      granted.add(
          new Permission(
              new PermissionId("p" + i),
              new RoleName("role" + i % 5),
              i % 12 == 0 ? Effect.DENY : Effect.ALLOW,
              ID,
              StageScope.EVERY,
              on.actions(),
              ResourcePattern.parse(split && i % 5 == 0 ? pattern.replace("{id}", "7") : pattern),
              Condition.NONE,
              Validity.ALWAYS,
              ""));
    }
    return granted;
  }

  private static CompileRequest request(Api api, List<Permission> granted, CacheKey key) {
    var roles = new HashSet<RoleName>();
    granted.forEach(permission -> roles.add(permission.role()));
    Permission first = granted.get(1);
    Route on =
        api.routes().routes().stream()
            .filter(each -> each.template().toString().equals(first.resource().toString()))
            .findFirst()
            .orElseThrow();
    Action action = first.actions().iterator().next();
    var access =
        new AccessRequest(
            ID,
            "prod",
            action,
            RequestPath.of("/"),
            on.template(),
            new Principal("dev", "alice", "", Set.of(), roles, Map.of(), Set.of()),
            new RequestContext("203.0.113.9", Map.of(), Map.of(), NOW));
    return new CompileRequest(
        api,
        access,
        granted,
        ArnPrefix.of("aws", "us-east-1", "123456789012", ID, "prod"),
        key,
        Map.of(),
        new CompileOptions(Duration.ofSeconds(300), 65_536, true, false));
  }

  /** Nimbus's check of the signature alone. */
  @Benchmark
  @Baseline
  public boolean nimbusSignature() throws JOSEException {
    return nimbus.verify(header, signed, signature);
  }

  /** The document of the whole stage, compiled and proved. */
  @Benchmark
  public Compilation wholeStage() {
    return Compiler.compile(stage);
  }

  /** The document of one route, compiled and proved. */
  @Benchmark
  public Compilation oneRoute() {
    return Compiler.compile(route);
  }

  /** The document of the whole stage, compiled and proved before. */
  @Benchmark
  public Compilation keptStage() {
    return keeping.compile(stage, "revision");
  }
}
