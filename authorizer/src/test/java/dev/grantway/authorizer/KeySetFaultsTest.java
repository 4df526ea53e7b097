package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.keys.KeyServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Issuers that misbehave, seen from the whole authorizer: what a caller is told meanwhile, how
 * often the issuer is asked, how long that may take, and that recovery is at once. All on loopback.
 */
class KeySetFaultsTest {
  private static final String ISSUER = "https://issuer.example/";
  private static final String UNAVAILABLE = "the authorizer cannot answer: keys-unavailable";

  /** Room for a busy machine over the 1.5 seconds that a fetch may take. */
  private static final Duration BOUND = Duration.ofSeconds(12);

  private volatile KeyServer.Behaviour behaviour = publishing(SigningKeys.keySet());
  private final KeyServer server = new KeyServer((path, out) -> behaviour.answer(path, out));
  private final HandlerWorld world = world("\"jwksUri\": \"" + server.base() + "/keys\"", ISSUER);

  private static HandlerWorld world(String keys, String issuer) {
    var entry =
        """
        [{"alias": "corp", "issuer": "%s", "audiences": ["https://api.example"],
          "algorithms": ["RS256", "ES256"], "roles": ["/roles"], %s}]\
        """
            .formatted(issuer, keys);
    return new HandlerWorld(
        Policies.orders().policy(),
        Map.of("GRANTWAY_ISSUERS", entry, "GRANTWAY_DENY_INSTEAD_OF_401", "on"));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static KeyServer.Behaviour publishing(String body) {
    return (_, out) -> KeyServer.send(out, 200, "Content-Type: application/json\r\n", body);
  }

  private static String token(String issuer, String key, String id) {
    long now = TestClock.START.getEpochSecond();
    var header = SigningKeys.header(key).replace("\"" + key + "\"", "\"" + id + "\"");
    var payload =
        """
        {"iss": "%s", "aud": "https://api.example", "sub": "a", "iat": %d, "exp": %d,
         "roles": ["viewer"]}"""
            .formatted(issuer, now, now + 86_400);
    return SigningKeys.sign(key, header, payload);
  }

  private String call(String key, String id) {
    return verdict(world, token(ISSUER, key, id));
  }

  private static String verdict(HandlerWorld asked, String token) {
    return asked.verdict(request("GET", "/orders", "/orders", token), "GET", "/orders");
  }

  private String call(String key) {
    return call(key, key);
  }

  private Duration timed(String expected) {
    long began = System.nanoTime();
    assertThat(call("e1")).isEqualTo(expected);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void dripBeforeAnySetIsAFailureInBoundedTimeAndRecoveryIsAtOnce() {
    behaviour = (_, out) -> server.drip(out);
    assertThat(timed(UNAVAILABLE)).isLessThan(BOUND);
    assertThat(timed(UNAVAILABLE)).as("backing off asks nobody").isLessThan(BOUND);
    assertThat(server.requests).hasValue(1);
    behaviour = publishing(SigningKeys.keySet());
    world.clock.advance(Duration.ofMillis(250));
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(server.requests).hasValue(2);
  }

  @Test
  void dripWhileASetIsHeldCostsOneDeadlineAndNoAnswer() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    behaviour = (_, out) -> server.drip(out);
    world.clock.advance(Duration.ofSeconds(270));
    assertThat(timed("ALLOW")).isLessThan(BOUND);
    assertThat(timed("ALLOW")).isLessThan(BOUND);
    assertThat(server.requests).hasValue(2);
  }

  @Test
  void everyFaultKeepsTheHeldSetAndIsAskedAgainOnlyAfterItsPause() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    List<KeyServer.Behaviour> faults =
        List.of(
            (_, out) -> KeyServer.send(out, 500, "", "oops"),
            (_, out) -> KeyServer.send(out, 503, "Retry-After: 1\r\n", ""),
            (_, out) -> KeyServer.send(out, 404, "", SigningKeys.keySet()),
            (_, out) -> KeyServer.send(out, 304, "", ""),
            (_, out) -> KeyServer.send(out, 200, "", "<!doctype html><title>Log in</title>"),
            (_, out) -> KeyServer.send(out, 200, "", "{\"keys\":[]}"),
            (_, out) -> KeyServer.send(out, 200, "", ""),
            (_, out) -> KeyServer.send(out, 200, "", "null"),
            (_, out) -> KeyServer.send(out, 200, "", SigningKeys.keySet().substring(0, 100)),
            (_, out) -> KeyServer.send(out, 200, "", " ".repeat(150_001)),
            (_, out) -> KeyServer.send(out, 200, "", "[".repeat(100_000)),
            (_, out) -> liesAboutItsLength(out),
            (_, out) -> out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII)));
    int expected = 1;
    for (var fault : faults) {
      behaviour = fault;
      world.clock.advance(Duration.ofMinutes(5));
      assertThat(call("e1")).isEqualTo("ALLOW");
      assertThat(call("e1")).isEqualTo("ALLOW");
      assertThat(server.requests).as("fault " + expected).hasValue(++expected);
    }
    behaviour = publishing(SigningKeys.keySet("e1"));
    world.clock.advance(Duration.ofSeconds(5));
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(call("r1")).isEqualTo("Unauthorized");
    assertThat(world.log.stream().filter(line -> line.contains("key-set-not-fetched")))
        .hasSize(faults.size());
  }

  /** The JDK's client asks once more by itself where a connection ends without a word. */
  @Test
  void connectionThatEndsWithoutAWordKeepsTheHeldSet() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    behaviour = (_, out) -> out.close();
    world.clock.advance(Duration.ofMinutes(5));
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(server.requests.get()).isBetween(2, 3);
  }

  private static void liesAboutItsLength(OutputStream out) throws IOException {
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + SigningKeys.keySet())
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void redirectIsNeverFollowed() throws IOException {
    try (var elsewhere = new KeyServer(publishing(SigningKeys.keySet()))) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        var location = "Location: " + elsewhere.uri("/keys") + "\r\n";
        behaviour = (_, out) -> KeyServer.send(out, status, location, "");
        assertThat(call("e1")).isEqualTo(UNAVAILABLE);
        world.clock.advance(Duration.ofSeconds(5));
      }
      assertThat(elsewhere.requests).hasValue(0);
      assertThat(server.requests).hasValue(5);
    }
  }

  @Test
  void rotatedKeyIsRefusedUncachedForThirtySecondsAndThenFoundAtOnce() {
    behaviour = publishing(SigningKeys.keySet("r1"));
    assertThat(call("r1")).isEqualTo("ALLOW");
    behaviour = publishing(SigningKeys.keySet("e1"));
    world.clock.advance(Duration.ofSeconds(29));
    assertThat(call("e1")).as("thrown, though the setting says Deny").isEqualTo("Unauthorized");
    assertThat(server.requests).hasValue(1);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(call("r1")).as("dropped by the issuer").isEqualTo("Unauthorized");
    assertThat(server.requests).hasValue(2);
  }

  @Test
  void unknownIdAfterASuccessfulFetchIsSettledAndMayBeADeny() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    world.clock.advance(Duration.ofSeconds(30));
    assertThat(call("e1", "nobody")).isEqualTo("EXPLICIT_DENY");
    assertThat(world.logged("/reason")).isEqualTo("unknown-key");
    assertThat(server.requests).hasValue(2);
  }

  @Test
  void unknownIdWhileTheIssuerFailsIsNeverCached() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    behaviour = (_, out) -> KeyServer.send(out, 500, "", "");
    world.clock.advance(Duration.ofSeconds(30));
    assertThat(call("e1", "nobody")).isEqualTo("Unauthorized");
    assertThat(call("e1")).isEqualTo("ALLOW");
  }

  @Test
  void twoThousandRandomIdsAskTheIssuerOnceInThirtySeconds() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    var random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      assertThat(call("e1", Long.toHexString(random.nextLong()))).isNotEqualTo("ALLOW");
      if (i % 100 == 99) {
        world.clock.advance(Duration.ofSeconds(3));
      }
    }
    assertThat(server.requests).as("in one minute, the first set included").hasValue(2);
    assertThat(call("e1")).isEqualTo("ALLOW");
  }

  @Test
  void oddKeyAmongGoodOnesSpoilsNothingAndIsToldOfOnce() {
    var odd =
        SigningKeys.keySet()
            .replace(
                "{\"keys\":[", "{\"keys\":[{\"kty\":\"AKP\"},{\"kty\":\"oct\",\"k\":\"AA\"},7,");
    behaviour = publishing(odd);
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(call("r1")).isEqualTo("ALLOW");
    world.clock.advance(Duration.ofMinutes(5));
    assertThat(call("e1")).isEqualTo("ALLOW");
    assertThat(world.log.stream().filter(line -> line.contains("keys-skipped")))
        .singleElement()
        .asString()
        .contains("\"count\":3", "private or symmetric", "unknown key type", "not one object");
  }

  @Test
  void setWithoutAnyUsableKeyIsASetThatWasRead() {
    behaviour = publishing("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}");
    assertThat(call("e1")).isEqualTo("Unauthorized");
    assertThat(world.logged("/reason")).isEqualTo("unknown-key");
  }

  @Test
  void heldSetServesADayOfOutageAndNoLonger() {
    assertThat(call("e1")).isEqualTo("ALLOW");
    behaviour = (_, out) -> out.close();
    world.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(call("e1")).isEqualTo("ALLOW");
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(call("e1")).isEqualTo(UNAVAILABLE);
    behaviour = publishing(SigningKeys.keySet());
    world.clock.advance(Duration.ofSeconds(5));
    assertThat(call("e1")).isEqualTo("ALLOW");
  }

  @Test
  void discoveryThatLiesIsAFailure() {
    for (var document :
        List.of(
            "{\"issuer\":\"%1$s\"}",
            "{\"issuer\":\"%1$s/\",\"jwks_uri\":\"%1$s/keys\"}",
            "{\"issuer\":\"https://other.example\",\"jwks_uri\":\"%1$s/keys\"}",
            "{\"issuer\":null,\"jwks_uri\":\"%1$s/keys\"}",
            "{\"issuer\":\"%1$s\",\"jwks_uri\":7}",
            "{\"issuer\":\"%1$s\",\"jwks_uri\":\"file:///etc/passwd\"}",
            "{\"issuer\":\"%1$s\",\"jwks_uri\":\"http://169.254.169.254/\"}",
            "{\"issuer\":\"%1$s\",\"jwks_uri\":\"http://[bad\"}",
            "{\"issuer\":\"%1$s\",\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}",
            "[]",
            "<html>")) {
      var body = document.formatted(server.base());
      behaviour =
          (path, out) ->
              KeyServer.send(out, 200, "", path.equals("/keys") ? SigningKeys.keySet() : body);
      var discovering = world("\"discovery\": true", server.base());
      assertThat(verdict(discovering, token(server.base(), "e1", "e1")))
          .as(document)
          .isEqualTo(UNAVAILABLE);
    }
  }
}
