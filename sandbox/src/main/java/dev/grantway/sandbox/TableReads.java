package dev.grantway.sandbox;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Bundle;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The peer of a cold start: a handler that makes the table reads of a first decision, in the same
 * rounds, and nothing else. It answers with the revision and how many of the bundles are there.
 */
public final class TableReads implements RequestStreamHandler {
  /** Of the sample: routes, the slices of support and of the viewer that it inherits. */
  static final String RIGHT = "{\"revision\":1,\"found\":3}";

  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration TOTAL = Duration.ofSeconds(4);
  private static final ApiId ORDERS = new ApiId("a1b2c3d4e5");
  private static final RoleName SUPPORT = new RoleName("support");
  private static final RoleName VIEWER = new RoleName("viewer");

  private final PolicyReader policy =
      new DynamoPolicyReader(
          DynamoClients.create(System.getenv(), ATTEMPT, TOTAL),
          System.getenv().getOrDefault("GRANTWAY_TABLE", ""));

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var head = policy.head();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Bundle<?>>> first =
          List.of(
              () -> policy.api(ORDERS, head),
              () -> policy.subjects("dev", "alice", head),
              () -> policy.clients("dev", head),
              () -> policy.slice(RoleName.AUTHENTICATED, ORDERS, head),
              () -> policy.slice(SUPPORT, ORDERS, head));
      int found = 0;
      for (var read : threads.invokeAll(first)) {
        found += read.get().value().isPresent() ? 1 : 0;
      }
      Bundle<?> inherited = threads.submit(() -> policy.slice(VIEWER, ORDERS, head)).get();
      found += inherited.value().isPresent() ? 1 : 0;
      output.write(
          "{\"revision\":%d,\"found\":%d}"
              .formatted(head.revision(), found)
              .getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }
}
