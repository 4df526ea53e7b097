package dev.grantway.admin.changes;

import dev.grantway.admin.AdminSettings;
import dev.grantway.resource.ApiType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Flushes by API Gateway's own operations: FlushStageAuthorizersCache of REST APIs,
 * ResetAuthorizersCache of HTTP APIs.
 */
@Component
class HttpGatewayCaches implements GatewayCaches {
  private static final Logger LOG = LoggerFactory.getLogger(HttpGatewayCaches.class);
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  HttpGatewayCaches(AdminSettings settings) {
    String url = settings.flushUrl();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @Override
  public boolean flush(Propagation.Stage stage) {
    if (base.isEmpty()) {
      return false;
    }
    String apis = stage.type() == ApiType.HTTP ? "/v2/apis/" : "/restapis/";
    String path = apis + stage.api() + "/stages/" + stage.name() + "/cache/authorizers";
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).DELETE().build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        LOG.warn("the gateway answered {} to DELETE {}", status, path);
      }
      return status / 100 == 2;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the gateway cannot be asked DELETE {}: {}", path, String.valueOf(e.getMessage()));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
