package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.Issuer;
import dev.grantway.sandbox.issuer.IssuerSettings;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.lambda.ProcessFunction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code train}: one run of the packaged authorizer on a real table, issuer and gateway twin, after
 * which it leaves an AOT cache. What ran is loaded and linked beforehand from then on.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final Duration STOP = Duration.ofSeconds(120);
  private static final List<String> CALLS =
      List.of("GET /orders", "GET /orders/42", "POST /orders", "POST /orders/42/refunds");

  @Override
  public Integer call() throws Exception {
    Distribution distribution = Distribution.fromSystemProperty();
    Path cache = new PackagedAuthorizer(distribution).cache();
    Path folder = Files.createTempDirectory("grantway-train");
    try {
      Path made = folder.resolve("authorizer.aot");
      run(distribution, folder, made);
      if (!Files.exists(made)) {
        throw new SandboxException(3, "the training run of the authorizer left no AOT cache");
      }
      Files.copy(
          made, cache.resolveSibling("authorizer.aot.new"), StandardCopyOption.REPLACE_EXISTING);
      Files.move(cache.resolveSibling("authorizer.aot.new"), cache, StandardCopyOption.ATOMIC_MOVE);
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void run(Distribution distribution, Path folder, Path into) throws Exception {
    Ports ports = Ports.free();
    var settings =
        new SystemSettings(ports, folder.resolve("data"), true, new Seed("orders"), true);
    try (DataFolder data = DataFolder.open(settings.data(), true);
        Child table = RunningSystem.startTable(distribution, ports, data)) {
      var issuer =
          new IssuerSettings(
              ports.issuer(),
              "http://127.0.0.1:" + ports.admin(),
              UUID.randomUUID().toString(),
              data.issuerKey());
      table.awaitReady(RunningSystem.TABLE_LIMIT);
      try (Issuer _ = Issuer.start(issuer)) {
        var wiring = new Wiring(ports, issuer, settings);
        wiring.prepareTable();
        train(distribution, wiring, ports, into);
      }
    }
  }

  private static void train(Distribution distribution, Wiring wiring, Ports ports, Path into)
      throws IOException, InterruptedException {
    var authorizer = new PackagedAuthorizer(distribution);
    var running = new AtomicReference<@Nullable ProcessFunction>();
    TwinWiring.FunctionMaker maker =
        environment -> {
          var function =
              ProcessFunction.start(
                  authorizer.training(environment, into), Clock.systemUTC(), System.err::println);
          running.set(function);
          return function;
        };
    try (GatewayTwin _ = wiring.startSample(maker)) {
      String token =
          TokenCommand.ask(
                  ports.issuer(), "{\"sub\":\"train\",\"roles\":[\"support\"],\"ttl\":300}")
              .body();
      for (String call : CALLS) {
        call(ports, call, token);
        call(ports, call, token + "x");
      }
      ProcessFunction function = running.get();
      if (function == null || !function.stop(STOP)) {
        throw new SandboxException(3, "the training run of the authorizer does not end");
      }
    }
  }

  private static void call(Ports ports, String call, String token)
      throws IOException, InterruptedException {
    String[] words = call.split(" ", 2);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var _ =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + ports.gateway() + "/orders/prod" + words[1]))
                  .method(words[0], HttpRequest.BodyPublishers.noBody())
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> doomed;
    try (Stream<Path> all = Files.walk(folder)) {
      doomed = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : doomed) {
      Files.deleteIfExists(path);
    }
  }
}
