package dev.grantway.benchmarks;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.TableAnalysis;
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
    "The document of a whole stage, of 2, 4 and 8 times the permissions, the routes or the "
        + "caller's roles, each alone and all at once. The baseline is 250 permissions of 5 roles "
        + "on 250 routes.")
@State(Scope.Benchmark)
public class PolicyGrowth {
  private static final int SMALLEST = 250;
  private static final int ROLES = 5;
  private static final int BUDGET = 16 * 1024 * 1024;

  /** What there is more of. */
  @Param({"permissions", "routes", "roles", "all"})
  public String more = "all";

  /** How many times as much. */
  @Param({"2", "4", "8"})
  public int times = 2;

  private Prepared small;
  private Prepared grown;

  /** A request, and the analysis of its table. */
  private record Prepared(CompileRequest request, TableAnalysis analysis) {
    static Prepared of(String more, int times) {
      var policy =
          SamplePolicy.of(
              SMALLEST * of("routes", more, times),
              SMALLEST * of("permissions", more, times),
              ROLES * of("roles", more, times),
              false);
      return new Prepared(
          policy.request(CacheKey.TOKEN, BUDGET), TableAnalysis.complete(policy.api().routes()));
    }

    private static int of(String what, String more, int times) {
      return more.equals(what) || more.equals("all") ? times : 1;
    }

    Compilation compile() {
      return Compiler.compile(request, analysis);
    }
  }

  /** Sees that each document is proved and nothing is dropped. */
  @Setup
  public void prepare() {
    small = Prepared.of(more, 1);
    grown = Prepared.of(more, times);
    for (Compilation compilation : new Compilation[] {baseline(), stage()}) {
      Answers.mustBe(true, compilation.emitted().proof().requests() > 0, "a proved document");
      Answers.mustBe(false, compilation instanceof Compilation.TooLarge, "too large a document");
    }
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
}
