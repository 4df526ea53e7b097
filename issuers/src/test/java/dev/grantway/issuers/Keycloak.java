package dev.grantway.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real Keycloak with docs/issuers/keycloak-realm.json imported, twice: the second to be changed.
 */
final class Keycloak implements AutoCloseable {
  static final String REALM = "orders";
  static final String SECOND = "second";

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private final Http http = new Http();
  private final int port;
  private final Leashed process;

  private Keycloak(int port, Leashed process) {
    this.port = port;
    this.process = process;
  }

  /** Starts as the recipe says, but in memory and on a free port. */
  static Keycloak start() {
    var home = home();
    realm(home, REALM);
    realm(home, SECOND);
    int port = Leashed.freePort();
    var command =
        List.of(
            "bash",
            "bin/kc.sh",
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--db=dev-mem");
    var environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS_APPEND",
            "-XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true",
            "KC_BOOTSTRAP_ADMIN_USERNAME",
            "admin",
            "KC_BOOTSTRAP_ADMIN_PASSWORD",
            "admin");
    var process =
        Leashed.start(command, home, environment, LIMIT, () -> Leashed.listens("127.0.0.1", port));
    return new Keycloak(port, process);
  }

  private static Path home() {
    try (var found = Files.list(Path.of("target/keycloak").toAbsolutePath())) {
      return found
          .filter(it -> Files.isRegularFile(it.resolve("bin/kc.sh")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "run ./grantway test --only issuers, which unpacks Keycloak", e);
    }
  }

  private static void realm(Path home, String name) {
    var realm =
        Recipe.text("issuers/keycloak-realm.json")
            .replace("\"realm\": \"orders\"", "\"realm\": \"" + name + "\"");
    try {
      var folder = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(folder.resolve(name + "-realm.json"), realm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String issuer(String realm) {
    return "http://127.0.0.1:" + port + "/realms/" + realm;
  }

  private String endpoint(String realm, String name) {
    return issuer(realm) + "/protocol/openid-connect/" + name;
  }

  /** Alice's tokens, from the login page. */
  Tokens signIn(String realm) {
    return new SignIn(
            endpoint(realm, "auth"),
            endpoint(realm, "token"),
            "orders-web",
            "http://127.0.0.1/back")
        .of("alice", "alice");
  }

  /** A service's access token, by client credentials. */
  String service(String realm, String client) {
    var fields =
        Map.of(
            "grant_type", "client_credentials", "client_id", client, "client_secret", "change-me");
    return Tokens.of(Http.object(http.form(endpoint(realm, "token"), fields))).access();
  }

  /** Adds a key that signs from now on. */
  void addKey(String realm) {
    var component =
        Map.of(
            "name",
            "rotated",
            "providerId",
            "rsa-generated",
            "providerType",
            KEYS,
            "parentId",
            Http.object(admin("GET", realm, "", "")).get("id"),
            "config",
            Map.of("priority", List.of("200"), "active", List.of("true")));
    assertThat(
            admin("POST", realm, "/components", JSONObjectUtils.toJSONString(component))
                .statusCode())
        .isEqualTo(201);
  }

  /** Lets the first key sign no more, and still be published. */
  void makeFirstKeyPassive(String realm) {
    var key = firstKey(realm);
    key.put(
        "config",
        Map.of("priority", List.of("100"), "active", List.of("false"), "enabled", List.of("true")));
    var path = "/components/" + key.get("id");
    assertThat(admin("PUT", realm, path, JSONObjectUtils.toJSONString(key)).statusCode())
        .isEqualTo(204);
  }

  void removeFirstKey(String realm) {
    assertThat(admin("DELETE", realm, "/components/" + firstKey(realm).get("id"), "").statusCode())
        .isEqualTo(204);
  }

  private Map<String, Object> firstKey(String realm) {
    return Http.objects(admin("GET", realm, "/components?type=" + KEYS, "")).stream()
        .filter(it -> "rsa-generated".equals(it.get("providerId")))
        .filter(it -> !"rotated".equals(it.get("name")))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> admin(String method, String realm, String path, String body) {
    var fields =
        Map.of(
            "grant_type", "password",
            "client_id", "admin-cli",
            "username", "admin",
            "password", "admin");
    var token = Tokens.of(Http.object(http.form(endpoint("master", "token"), fields))).access();
    return http.json(
        method,
        "http://127.0.0.1:" + port + "/admin/realms/" + realm + path,
        Map.of("Authorization", "Bearer " + token),
        "application/json",
        body);
  }

  @Override
  public void close() {
    process.close();
  }
}
