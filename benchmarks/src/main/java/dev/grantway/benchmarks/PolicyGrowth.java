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
 * How the work for the document of a whole stage grows: as many permissions as routes, under a
 * budget that drops nothing. The baseline is always the same policy of 250, so that each ratio is a
 * place on the curve.
 */
@About(
    "The document of a whole stage, as many permissions as routes. The baseline is "
        + "the same policy of 250.")
@State(Scope.Benchmark)
public class PolicyGrowth {
  private static final int SMALLEST = 250;
  private static final int BUDGET = 16 * 1024 * 1024;

  /** The number of routes, and of permissions. */
  @Param({"500", "1000", "2000"})
  public int size = 500;

  private Prepared small;
  private Prepared grown;

  /** A request, and the analysis of its table. */
  private record Prepared(CompileRequest request, TableAnalysis analysis) {
    static Prepared of(int size) {
      var policy = SamplePolicy.of(size, size, false);
      return new Prepared(
          policy.request(CacheKey.TOKEN, BUDGET), TableAnalysis.complete(policy.api().routes()));
    }

    Compilation compile() {
      return Compiler.compile(request, analysis);
    }
  }

  /** Sees that each document is proved and nothing is dropped. */
  @Setup
  public void prepare() {
    small = Prepared.of(SMALLEST);
    grown = Prepared.of(size);
    for (Compilation compilation : new Compilation[] {baseline(), stage()}) {
      Answers.mustBe(true, compilation.emitted().proof().requests() > 0, "a proved document");
      Answers.mustBe(false, compilation instanceof Compilation.TooLarge, "too large a document");
    }
  }

  /** 250 permissions on 250 routes. */
  @Benchmark
  @Baseline
  public Compilation baseline() {
    return small.compile();
  }

  /** That many permissions on as many routes. */
  @Benchmark
  public Compilation stage() {
    return grown.compile();
  }
}
