package dev.grantway.benchmarks;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.compile.TableAnalysis;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How the work for the document of a whole stage grows: with the permissions, with the routes, with
 * the roles of the caller, and with all of them together, under a budget that drops nothing. The
 * baseline is always 250 permissions of 5 roles on 250 routes, so that each ratio is a place on the
 * curve.
 */
@About(
    "The document of a whole stage, of 1, 2, 4 and 8 times the permissions, the routes or the "
        + "caller's roles, each alone and all at once. The baseline is 250 permissions of 5 roles "
        + "on 250 routes. stage: compiled and proved, with what is worked out once for a route "
        + "table (tableAnalysis, a line of its own) there already, as in an authorizer that has "
        + "seen the table before. kept: the same document, compiled and proved before.")
@Brief(
    methods = "baseline",
    with = {"more=all", "times=1"})
@Brief(methods = "stage", with = "more=permissions,routes,all")
@Brief(
    methods = "stage",
    with = {"more=roles", "times=1,8"})
@Brief(
    methods = {"tableAnalysis", "kept"},
    with = {"more=all", "times=1,8"})
@State(Scope.Benchmark)
public class PolicyGrowth {
  static final List<String> WHAT = List.of("permissions", "routes", "roles", "all");
  static final List<Integer> TIMES = List.of(1, 2, 4, 8);

  private static final int SMALLEST = 250;
  private static final int ROLES = 5;
  private static final int BUDGET = 16 * 1024 * 1024;

  /** What there is more of. */
  @Param({"permissions", "routes", "roles", "all"})
  public String more = "all";

  /** How many times as much. */
  @Param({"1", "2", "4", "8"})
  public int times = 2;

  private final KeepingCompiler keeping = new KeepingCompiler(10);
  private Prepared small;
  private Prepared grown;

  /** The policy of a place on the curve. */
  static SamplePolicy policy(String more, int times) {
    return SamplePolicy.of(
        SMALLEST * of("routes", more, times),
        SMALLEST * of("permissions", more, times),
        ROLES * of("roles", more, times),
        false);
  }

  private static int of(String what, String more, int times) {
    return more.equals(what) || more.equals("all") ? times : 1;
  }

  /** A request, and the analysis of its table. */
  private record Prepared(CompileRequest request, TableAnalysis analysis) {
    static Prepared of(String more, int times) {
      SamplePolicy policy = policy(more, times);
      return new Prepared(
          policy.request(CacheKey.TOKEN, BUDGET), TableAnalysis.complete(policy.api().routes()));
    }

    Compilation compile() {
      return Compiler.compile(request, analysis);
    }
  }

  /** Sees that each document is proved and exact, and that the one that is kept is the same. */
  @Setup
  public void prepare() {
    small = Prepared.of(more, 1);
    grown = Prepared.of(more, times);
    OverGrants.mustBeExact(small.request(), baseline());
    OverGrants.mustBeExact(grown.request(), stage());
    Answers.mustBe(stage().emitted().json(), kept().emitted().json(), "the kept document");
  }

  /** 250 permissions of 5 roles on 250 routes. */
  @Benchmark
  @Baseline
  public Compilation baseline() {
    return small.compile();
  }

  /** So many times as many permissions, routes or roles. */
  @Benchmark
  public Compilation stage() {
    return grown.compile();
  }

  /** What is worked out once for the route table. */
  @Benchmark
  public TableAnalysis tableAnalysis() {
    return TableAnalysis.complete(grown.request().api().routes());
  }

  /** The same document, compiled and proved before. */
  @Benchmark
  public Compilation kept() {
    return keeping.compile(grown.request(), "revision");
  }
}
