package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.compile.TableAnalysis;
import dev.grantway.resource.RouteTable;
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
@About(
    "A proved document of 5 roles with 200 permissions on 300 routes: for the whole "
        + "stage and for one route, made anew and kept. The baseline is Nimbus's check of "
        + "one RS256 signature.")
@Brief(
    methods = {"nimbusSignature", "tableAnalysis", "wholeStage", "oneRoute", "keptStage"},
    with = "permissions=split")
@Brief(methods = "wholeStage", with = "permissions=whole")
@State(Scope.Benchmark)
public class PolicyCompilation {
  private static final int ROUTES = 300;
  private static final int PERMISSIONS = 200;
  private static final int BUDGET = 65_536;

  /** Whether every fifth permission names one value of a variable. */
  @Param({"whole", "split"})
  public String permissions = "whole";

  private final KeepingCompiler keeping = new KeepingCompiler(10);
  private Signed floor;
  private RouteTable table;
  private TableAnalysis analysis;
  private CompileRequest stage;
  private CompileRequest route;

  /** Sees that each document is proved and exact, and that the one that is kept is the same. */
  @Setup
  public void prepare() throws JOSEException {
    Tokens issuer = Tokens.signedBy("RS256");
    SignedJWT token = issuer.token();
    floor = Signed.of(issuer, token);
    var policy = SamplePolicy.of(ROUTES, PERMISSIONS, permissions.equals("split"));
    table = policy.api().routes();
    analysis = tableAnalysis();
    stage = policy.request(CacheKey.TOKEN, BUDGET);
    route = policy.request(CacheKey.TOKEN_AND_ROUTE, BUDGET);
    Answers.mustBe(true, nimbusSignature(), "the token's signature");
    OverGrants.mustBeExact(stage, wholeStage());
    OverGrants.mustBeExact(route, oneRoute());
    Answers.mustBe(
        wholeStage().emitted().json(), keptStage().emitted().json(), "the kept document");
  }

  /** Nimbus's check of the signature alone. */
  @Benchmark
  @Baseline
  public boolean nimbusSignature() throws JOSEException {
    return floor.verify();
  }

  /** What is worked out once for a route table. */
  @Benchmark
  public TableAnalysis tableAnalysis() {
    return TableAnalysis.complete(table);
  }

  /** The document of the whole stage, compiled and proved. */
  @Benchmark
  public Compilation wholeStage() {
    return Compiler.compile(stage, analysis);
  }

  /** The document of one route, compiled and proved. */
  @Benchmark
  public Compilation oneRoute() {
    return Compiler.compile(route, analysis);
  }

  /** The document of the whole stage, compiled and proved before. */
  @Benchmark
  public Compilation keptStage() {
    return keeping.compile(stage, "revision");
  }
}
