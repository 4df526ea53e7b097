package dev.grantway.authorizer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.compile.DocumentScope;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;

/**
 * The run after which a JVM leaves an AOT cache (JEP 514, {@code -XX:AOTCacheOutput}) while a
 * container image is built: decisions under every scope, and the first read of the deployed
 * handler, from a table that holds nothing. It needs no network, no account and no setting, and
 * leaves nothing that serves.
 */
public final class Training {
  private static final byte[] NO_ITEM = "{}".getBytes(StandardCharsets.UTF_8);

  private Training() {}

  /**
   * Ends with exit code 0 only where everything was decided as it has to be, so that a build of an
   * image stops otherwise.
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    run(Clock.systemUTC());
  }

  private static void run(Clock clock) throws IOException, GeneralSecurityException {
    for (DocumentScope scope : DocumentScope.values()) {
      if (new Priming(scope, clock).run() == 0) {
        throw new IllegalStateException("nothing was decided under " + scope);
      }
    }
    var table = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    table.createContext("/", Training::empty);
    table.start();
    try {
      asDeployed("http://127.0.0.1:" + table.getAddress().getPort(), clock);
    } finally {
      table.stop(0);
    }
  }

  private static void asDeployed(String table, Clock clock) throws GeneralSecurityException {
    var issuer = new DummyIssuer();
    var settings =
        Map.of(
            "GRANTWAY_ISSUERS",
            issuer.setting(),
            "GRANTWAY_CACHE_KEY",
            "token+route",
            "GRANTWAY_CACHE_TTL",
            "60s",
            "GRANTWAY_TABLE",
            "training",
            "AWS_REGION",
            "us-east-1",
            "AWS_ENDPOINT_URL_DYNAMODB",
            table);
    var handler = new AuthorizerHandler(settings, clock, _ -> {});
    for (String token : issuer.tokens("training", clock.instant())) {
      if (!fails(handler, token)) {
        throw new IllegalStateException("a table without a policy was answered from");
      }
    }
  }

  private static boolean fails(AuthorizerHandler handler, String token) {
    try {
      return handler.answer(Priming.event(token)).length == 0;
    } catch (AuthorizerFailedException expected) {
      return true;
    }
  }

  private static void empty(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, NO_ITEM.length);
      exchange.getResponseBody().write(NO_ITEM);
    }
  }
}
