package dev.grantway.admin.health;

import dev.grantway.admin.common.Trace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks for the issuer's discovery document, as a sign-in would need it. */
final class IssuerAttempt implements Probe.Attempt {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI discovery;

  /**
   * @param issuer the text of {@code iss}
   */
  IssuerAttempt(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    this.discovery = URI.create(base + "/.well-known/openid-configuration");
  }

  @Override
  public Optional<String> run() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(discovery).timeout(PATIENCE);
    Trace.parent().ifPresent(parent -> request.header(Trace.PARENT, parent));
    int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
    return status == OK
        ? Optional.empty()
        : Optional.of("its discovery document came with status " + status);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
