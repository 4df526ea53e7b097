package dev.grantway.authorizer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.authorizer.SigningKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Issuers that misbehave on the wire; all on loopback. */
class RemoteKeySetTest {
  private static final String GOOD = SigningKeys.keySet();

  /**
   * Loads the classes of the client, which on a busy machine takes as long as a whole fetch may.
   */
  @BeforeAll
  static void warmUp() throws Exception {
    try (var server = new KeyServer((_, out) -> KeyServer.send(out, 200, "", GOOD))) {
      RemoteKeySet.at(server.uri("/jwks")).fetch();
    } catch (FetchFailedException e) {
      System.out.println("RemoteKeySetTest: the first fetch on this machine: " + e.getMessage());
    }
  }

  private static void assertFails(KeyServer.Behaviour behaviour, String reason) throws Exception {
    try (var server = new KeyServer(behaviour)) {
      assertThatThrownBy(() -> RemoteKeySet.at(server.uri("/jwks")).fetch())
          .isInstanceOf(FetchFailedException.class)
          .hasMessageContaining(reason);
    }
  }

  @Test
  void keySetIsFetched() throws Exception {
    try (var server = new KeyServer((_, out) -> KeyServer.send(out, 200, "", GOOD))) {
      assertThat(RemoteKeySet.at(server.uri("/jwks")).fetch().keys()).hasSize(6);
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  void answersThatAreNoKeySetFail() throws Exception {
    assertFails((_, out) -> KeyServer.send(out, 500, "", GOOD), "answered 500");
    assertFails((_, out) -> KeyServer.send(out, 204, "", ""), "answered 204");
    assertFails((_, out) -> KeyServer.send(out, 200, "", "<html></html>"), "not a key set");
    assertFails((_, out) -> KeyServer.send(out, 200, "", "{\"keys\":[]}"), "not a key set");
    assertFails(
        (_, out) -> out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8)), "no answer");
    assertFails((_, out) -> out.close(), "no answer");
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    try (var target = new KeyServer((_, out) -> KeyServer.send(out, 200, "", GOOD))) {
      var location = "Location: " + target.uri("/jwks") + "\r\n";
      assertFails((_, out) -> KeyServer.send(out, 302, location, ""), "answered 302");
      assertThat(target.requests).hasValue(0);
    }
  }

  @Test
  void hugeBodyIsCutOff() throws Exception {
    var huge = "{\"keys\":[" + " ".repeat(200_000) + SigningKeys.jwk("r1") + "]}";
    assertFails((_, out) -> KeyServer.send(out, 200, "", huge), "over 150000 bytes");
  }

  @Test
  void slowDripEndsAtTheTotalDeadline() throws Exception {
    var drip = new AtomicReference<KeyServer>();
    try (var server = new KeyServer((_, out) -> drip.get().drip(out))) {
      drip.set(server);
      long began = System.nanoTime();
      assertThatThrownBy(() -> RemoteKeySet.at(server.uri("/jwks")).fetch())
          .isInstanceOf(FetchFailedException.class);
      var took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(took).isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(10));
    }
  }

  @Test
  void discoveryLeadsToTheKeys() throws Exception {
    var base = new AtomicReference<String>();
    KeyServer.Behaviour behaviour =
        (path, out) -> {
          var document = "{\"issuer\":\"%1$s/x\",\"jwks_uri\":\"%1$s/keys\"}".formatted(base.get());
          KeyServer.send(out, 200, "", path.equals("/keys") ? GOOD : document);
        };
    try (var server = new KeyServer(behaviour)) {
      base.set(server.base());
      assertThat(RemoteKeySet.discovered(server.base() + "/x").fetch().keys()).hasSize(6);
      assertThatThrownBy(() -> RemoteKeySet.discovered(server.base() + "/y").fetch())
          .hasMessageContaining("another issuer");
    }
  }

  @Test
  void discoveryNeverLeadsToAPlainAddressElsewhere() throws Exception {
    var issuer = new AtomicReference<String>();
    KeyServer.Behaviour behaviour =
        (_, out) ->
            KeyServer.send(
                out,
                200,
                "",
                "{\"issuer\":\"%s\",\"jwks_uri\":\"http://keys.example/\"}"
                    .formatted(issuer.get()));
    try (var server = new KeyServer(behaviour)) {
      issuer.set(server.base());
      assertThatThrownBy(() -> RemoteKeySet.discovered(server.base()).fetch())
          .hasMessageContaining("neither https nor http on loopback");
    }
  }

  @Test
  void onlyHttpsOrLoopbackIsAllowed() {
    for (var good :
        List.of(
            "https://a.example/k", "http://127.0.0.1:1/", "http://localhost/", "http://[::1]/")) {
      assertThat(KeyUri.allowed(URI.create(good))).as(good).isTrue();
    }
    for (var bad :
        List.of(
            "http://a.example/",
            "http://127.0.0.1.example/",
            "http://localhost.example/",
            "https://u:p@a.example/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "https:///k",
            "/k")) {
      assertThat(KeyUri.allowed(URI.create(bad))).as(bad).isFalse();
    }
  }
}
