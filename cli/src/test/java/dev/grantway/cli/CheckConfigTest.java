package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --config}: what the authorizer would make of its settings, and of its issuers. */
class CheckConfigTest {
  private final HttpServer server;
  private final String base;
  private final String keySet;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String discovery = "";
  private volatile String keys = "";
  @TempDir private Path directory = Path.of("");
  private Path config = Path.of("");

  CheckConfigTest() throws IOException, GeneralSecurityException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    keySet = new Signer().keySet();
    serve("/realm/.well-known/openid-configuration", true);
    serve("/keys", false);
    server.start();
  }

  private void serve(String path, boolean document) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          byte[] body = (document ? discovery : keys).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @BeforeEach
  void answerWell() {
    config = directory.resolve("config.json");
    discovery = "{\"issuer\":\"%1$s/realm\",\"jwks_uri\":\"%1$s/keys\"}".formatted(base);
    keys = keySet.replace("{\"keys\":[", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Ran check(String entry, String... more) throws IOException {
    Files.writeString(
        config,
        "{\n  \"GRANTWAY_CACHE_KEY\": \"none\",\n  \"GRANTWAY_ISSUERS\": [" + entry + "]\n}");
    var arguments = new String[3 + more.length];
    arguments[0] = "check";
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Ran.with("", arguments);
  }

  private String keycloak() {
    return "{\"alias\": \"kc\", \"preset\": \"keycloak\", \"issuer\": \"%s/realm\", \"audiences\": [\"api\"]}"
        .formatted(base);
  }

  @Test
  void presetsAreShownExpandedAndNobodyIsAsked() throws IOException {
    Ran ran = check(keycloak());
    assertThat(ran.exit()).isZero();
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.out())
        .startsWith("issuer `kc` expands to {\"preset\":\"keycloak\"")
        .contains("\"roles\":[\"/realm_access/roles\"]", "\"maxLifetime\":\"24h\"")
        .contains("\"session\":[\"/sid\",\"/session_state\"]", "\"audiences\":[\"api\"]");
    assertThat(asked).hasValue(0);
  }

  @Test
  void onlineSaysInOneLineWhatWasFetchedAndWhichKeysCanBeUsed() throws IOException {
    Ran ran = check(keycloak(), "--online");
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.lines()).hasSize(2);
    assertThat(ran.lines().getLast())
        .matches(
            "issuer `kc` online: \\S+/realm/.well-known/openid-configuration in \\d+ ms, then"
                + " \\S+/keys in \\d+ ms: 1 usable \\[\"k\" EC P-256], 1 skipped \\[key 0: private"
                + " or symmetric]");
    assertThat(asked).hasValue(2);
  }

  @Test
  void machinesGetTheSameAsJson() throws IOException {
    Ran ran = check(keycloak(), "--online", "--format", "json");
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.out())
        .contains("\"issuers\":[{\"alias\":\"kc\",\"settings\":{\"preset\":\"keycloak\"")
        .contains("\"usable\":[\"\\\"k\\\" EC P-256\"]", "\"skipped\":[\"key 0: private");
  }

  @Test
  void issuerThatAnswersWronglyIsAnError() throws IOException {
    discovery = discovery.replace("/realm", "/other");
    Ran ran = check(keycloak(), "--online");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(config + ":3:3: error issuer-keys issuer `kc`: discovery document names another");
    answerWell();
    keys = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}";
    assertThat(check(keycloak(), "--online").out()).contains("issuer `kc`: no usable key");
    keys = "<html></html>";
    assertThat(check(keycloak(), "--online").out()).contains("answer is not a key set");
    discovery = "<html></html>";
    assertThat(check(keycloak(), "--online").out()).contains("document is malformed");
  }

  @Test
  void issuerThatDoesNotAnswerIsAFailureOutside() throws IOException {
    server.stop(0);
    Ran ran = check(keycloak(), "--online");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).contains("error issuer-unreachable issuer `kc`: no answer");
    assertThat(check(keycloak()).exit()).isZero();
  }

  @Test
  void inlineKeysAreTriedWithoutAskingAnybody() throws IOException {
    var inline = keycloak().replace("}", ", \"jwks\": " + keys + "}");
    Ran ran = check(inline, "--online");
    assertThat(ran.exit()).as(ran.out()).isZero();
    assertThat(ran.out())
        .contains("online: inline keys: 1 usable")
        .contains(":3:3: warning bad-setting issuer `kc`: a key is skipped: private or symmetric");
    var repeated = "{\"kty\":\"EC\",\"kty\":\"RSA\"}";
    Ran odd = check(keycloak().replace("}", ", \"jwks\": {\"keys\":[" + repeated + "]}}"));
    assertThat(odd.exit()).as(odd.out()).isZero();
    assertThat(odd.out()).contains("a key is skipped: not one object with distinct members");
    assertThat(asked).hasValue(0);
  }

  @Test
  void onlineWithoutAConfigurationIsAUsageError() throws IOException {
    assertThat(Ran.with("", "check", "--online").exit()).isEqualTo(2);
    assertThat(check(keycloak() + "," + keycloak()).exit()).isEqualTo(1);
  }
}
