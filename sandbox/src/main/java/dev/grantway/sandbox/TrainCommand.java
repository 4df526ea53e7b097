package dev.grantway.sandbox;

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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code train}: one run of the packaged authorizer on a real table, issuer and gateway twin, after
 * which it leaves an AOT cache or a class data archive. What ran is loaded and linked beforehand
 * from then on.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final Duration STOP = Duration.ofSeconds(120);
  private static final List<String> CALLS =
      List.of("GET /orders", "GET /orders/42", "POST /orders", "POST /orders/42/refunds");

  @Option(names = "--archive", paramLabel = "AOT|CDS", defaultValue = "AOT")
  private Archive archive = Archive.AOT;

  @Override
  public Integer call() throws Exception {
    Distribution distribution = Distribution.fromSystemProperty();
    var authorizer = new PackagedAuthorizer(distribution);
    try (SampleSystem system = SampleSystem.start(distribution)) {
      Path made = system.folder().resolve(archive.file());
      train(authorizer, system, made);
      if (!Files.exists(made)) {
        throw new SandboxException(
            3, "the training run of the authorizer left no `" + archive.file() + "`");
      }
      Path place = authorizer.archive(archive);
      Path beside = place.resolveSibling(archive.file() + ".new");
      Files.copy(made, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
      return 0;
    }
  }

  private void train(PackagedAuthorizer authorizer, SampleSystem system, Path into)
      throws Exception {
    var running = new AtomicReference<@Nullable ProcessFunction>();
    TwinWiring.FunctionMaker maker =
        environment -> {
          var function =
              ProcessFunction.start(
                  authorizer.training(archive, environment, into),
                  Clock.systemUTC(),
                  System.err::println);
          running.set(function);
          return function;
        };
    try (AutoCloseable _ = system.wiring().startSample(maker)) {
      String token = system.token();
      for (String call : CALLS) {
        call(system.ports(), call, token);
        call(system.ports(), call, token + "x");
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
}
