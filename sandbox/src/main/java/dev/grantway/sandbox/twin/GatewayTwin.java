package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.HttpServer;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import java.io.IOException;
import java.net.BindException;

/**
 * The running gateway twin, {@code http://127.0.0.1:PORT/{api}/{stage}/{path…}}, and {@code
 * ws://127.0.0.1:PORT/{api}/{stage}} for WebSocket APIs.
 */
public final class GatewayTwin implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  private final HttpServer server;
  private final TwinConfiguration configuration;

  private GatewayTwin(HttpServer server, TwinConfiguration configuration) {
    this.server = server;
    this.configuration = configuration;
  }

  /**
   * Starts serving at once.
   *
   * @throws BindException if its port is taken
   */
  public static GatewayTwin start(TwinConfiguration configuration) throws IOException {
    HttpServer server =
        HttpServer.start(
            configuration.port(),
            MAX_BODY_BYTES,
            configuration.clock(),
            new Gateway(configuration));
    return new GatewayTwin(server, configuration);
  }

  public int port() {
    return server.port();
  }

  /** Closes the port and the authorizer functions. */
  @Override
  public void close() {
    server.close();
    configuration.stages().stream()
        .map(stage -> stage.authorizer().function())
        .distinct()
        .forEach(LambdaFunction::close);
  }
}
