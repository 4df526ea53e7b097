package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.lambda.ChildSettings;
import dev.grantway.sandbox.twin.lambda.Invocation;
import dev.grantway.sandbox.twin.lambda.ProcessFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cold}, which {@code bench cold} runs: from the start of a process to its first answer,
 * under the real runtime client, for the packaged authorizer without and with its AOT cache and for
 * a handler that makes the same table reads only. One of each in turn, so that all see the same
 * machine; medians.
 */
@Command(name = "cold", hidden = true)
final class ColdStartCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String READS = "same reads only";
  private static final String PLAIN = "authorizer";
  private static final String CACHED = "authorizer, AOT cache";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--starts", paramLabel = "N", defaultValue = "7")
  private int starts = 7;

  @Override
  public Integer call() throws Exception {
    Distribution distribution = Distribution.fromSystemProperty();
    var authorizer = new PackagedAuthorizer(distribution);
    try (SampleSystem system = SampleSystem.start(distribution)) {
      Map<String, String> environment =
          new LinkedHashMap<>(system.wiring().authorizerEnvironment());
      environment.put("GRANTWAY_CACHE_KEY", "token+route");
      environment.put("GRANTWAY_CACHE_TTL", "300s");
      var kinds = new LinkedHashMap<String, ChildSettings>();
      kinds.put(READS, authorizer.reads(environment));
      kinds.put(PLAIN, authorizer.uncached(environment));
      kinds.put(CACHED, authorizer.settings(environment));
      byte[] event = event(system.token());
      var taken = new LinkedHashMap<String, List<Long>>();
      for (int round = 0; round <= starts; round++) {
        for (Map.Entry<String, ChildSettings> kind : kinds.entrySet()) {
          long millis = start(kind.getValue(), event);
          // The first of each fills the system's file caches.
          if (round > 0) {
            taken.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>()).add(millis);
          }
        }
        System.err.println("cold: round " + round + " of " + starts);
      }
      report(taken);
      return 0;
    }
  }

  private static long start(ChildSettings settings, byte[] event)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (ProcessFunction function =
        ProcessFunction.start(settings.alone(), Clock.systemUTC(), line -> {})) {
      Invocation answer = function.invoke(event, PATIENCE);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      if (!(answer instanceof Invocation.Answered)) {
        throw new SandboxException(1, "no answer: " + answer);
      }
      return millis;
    }
  }

  private void report(Map<String, List<Long>> taken) {
    long reads = median(taken.getOrDefault(READS, List.of()));
    long plain = median(taken.getOrDefault(PLAIN, List.of()));
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, false, System.out.charset())
            : spec.commandLine().getOut();
    out.println("| from process start to first answer | median ms | × same reads | × itself |");
    out.println("| - | - | - | - |");
    taken.forEach(
        (kind, all) -> {
          long median = median(all);
          out.println(
              "| %s | %d (%d to %d) | %.2f | %.2f |"
                  .formatted(
                      kind,
                      median,
                      all.stream().min(Long::compare).orElse(0L),
                      all.stream().max(Long::compare).orElse(0L),
                      (double) median / reads,
                      (double) median / plain));
        });
    out.flush();
  }

  private static long median(List<Long> all) {
    return all.isEmpty() ? 0 : all.stream().sorted().toList().get(all.size() / 2);
  }

  private static byte[] event(String token) {
    return """
    {"type": "REQUEST", "resource": "/orders", "path": "/prod/orders", "httpMethod": "GET",
     "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders",
     "headers": {"Authorization": "Bearer %1$s"},
     "multiValueHeaders": {"Authorization": ["Bearer %1$s"]},
     "requestContext": {"resourcePath": "/orders", "httpMethod": "GET", "stage": "prod",
       "apiId": "a1b2c3d4e5", "identity": {"sourceIp": "203.0.113.9"}}}\
    """
        .formatted(token)
        .getBytes(StandardCharsets.UTF_8);
  }
}
