package dev.grantway.benchmarks;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark took under one set of parameters.
 *
 * @param group the benchmark's class
 * @param name its method
 * @param parameters by name
 * @param time mean nanoseconds of one operation
 * @param error half the width of the 99.9 % confidence interval, in nanoseconds; 0 where there were
 *     too few measurements for one
 * @param bytes allocated by one operation, where it was measured
 */
record Measured(
    String group,
    String name,
    SortedMap<String, String> parameters,
    double time,
    double error,
    OptionalDouble bytes) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  Measured {
    if (!(time > 0)) {
      throw new IllegalArgumentException("`" + name + "` took " + time + " ns, which is no time");
    }
    parameters = new TreeMap<>(parameters);
  }

  static Measured of(RunResult run) {
    BenchmarkParams params = run.getParams();
    String benchmark = params.getBenchmark();
    int method = benchmark.lastIndexOf('.');
    int type = benchmark.lastIndexOf('.', method - 1);
    var parameters = new TreeMap<String, String>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    double error = run.getPrimaryResult().getScoreError();
    return new Measured(
        benchmark.substring(type + 1, method),
        benchmark.substring(method + 1),
        parameters,
        run.getPrimaryResult().getScore(),
        Double.isNaN(error) ? 0 : error,
        allocated(run.getSecondaryResults()));
  }

  @SuppressWarnings("rawtypes") // as JMH hands it out
  private static OptionalDouble allocated(Map<String, Result> secondary) {
    Result found = secondary.get(ALLOCATED);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.getScore());
  }

  double least() {
    return time - error;
  }

  double most() {
    return time + error;
  }
}
