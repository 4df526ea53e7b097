package dev.grantway.issuers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** cognito-local, as npm installed it below target: a stand-in for Cognito with one fixed key. */
final class CognitoLocal implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path PACKAGE =
      Path.of("target/cognito/node_modules/cognito-local").toAbsolutePath();
  private static final String REDIRECT = "http://127.0.0.1/back";

  private final Http http = new Http();
  private final int port;
  private final Path data;
  private Leashed process;

  private CognitoLocal(int port, Path data) {
    this.port = port;
    this.data = data;
    this.process = process(port, data);
  }

  /** Starts without any pool, keeping its data in that folder. */
  static CognitoLocal start(Path data) {
    return new CognitoLocal(Leashed.freePort(), data);
  }

  private static Leashed process(int port, Path data) {
    var start = PACKAGE.resolve("lib/bin/start.js");
    if (!Files.isRegularFile(start)) {
      throw new AssertionError("run ./grantway test --only issuers, which installs cognito-local");
    }
    return Leashed.start(
        List.of("node", start.toString()),
        data,
        Map.of("HOST", "127.0.0.1", "PORT", "" + port),
        LIMIT,
        () -> Leashed.listens("127.0.0.1", port));
  }

  int port() {
    return port;
  }

  private String base() {
    return "http://127.0.0.1:" + port;
  }

  String issuer(String pool) {
    return base() + "/" + pool;
  }

  /** One operation of Cognito's own API. */
  Map<String, Object> call(String operation, Map<String, Object> request) {
    return Http.object(
        http.json(
            "POST",
            base() + "/",
            Map.of("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation),
            "application/x-amz-json-1.1",
            JSONObjectUtils.toJSONString(request)));
  }

  String createPool() {
    return member(call("CreateUserPool", Map.of("PoolName", "orders")), "UserPool", "Id");
  }

  String createClient(String pool) {
    var request =
        Map.<String, Object>of(
            "UserPoolId",
            pool,
            "ClientName",
            "orders-web",
            "CallbackURLs",
            List.of(REDIRECT),
            "ExplicitAuthFlows",
            List.of("ALLOW_USER_PASSWORD_AUTH"));
    return member(call("CreateUserPoolClient", request), "UserPoolClient", "ClientId");
  }

  /** A person in these groups, with the password {@code Secret-1}. */
  void createUser(String pool, String name, String... groups) {
    call(
        "AdminCreateUser",
        Map.of(
            "UserPoolId",
            pool,
            "Username",
            name,
            "MessageAction",
            "SUPPRESS",
            "UserAttributes",
            List.of(Map.of("Name", "email", "Value", name))));
    call(
        "AdminSetUserPassword",
        Map.of("UserPoolId", pool, "Username", name, "Password", "Secret-1", "Permanent", true));
    for (var group : groups) {
      call("CreateGroup", Map.of("UserPoolId", pool, "GroupName", group));
      call("AdminAddUserToGroup", Map.of("UserPoolId", pool, "Username", name, "GroupName", group));
    }
  }

  /** By authorization code with PKCE, from its login page and token endpoint. */
  Tokens signIn(String client, String name) {
    return new SignIn(base() + "/oauth2/authorize", base() + "/oauth2/token", client, REDIRECT)
        .of(name, "Secret-1");
  }

  /** By the password, from Cognito's own API. */
  Tokens password(String client, String name) {
    var answer =
        call(
            "InitiateAuth",
            Map.of(
                "AuthFlow",
                "USER_PASSWORD_AUTH",
                "ClientId",
                client,
                "AuthParameters",
                Map.of("USERNAME", name, "PASSWORD", "Secret-1")));
    var result = object(answer, "AuthenticationResult");
    return new Tokens(
        Http.text(result, "AccessToken"),
        Http.text(result, "IdToken"),
        Http.text(result, "RefreshToken"));
  }

  /** Starts anew, on the same port and data, with another key: it always has the same id. */
  void restartWithAnotherKey() {
    process.close();
    try {
      var key = new RSAKeyGenerator(2048).keyID("CognitoLocal").generate();
      write("lib/keys/cognitoLocal.private.json", key, pem(key));
      write("lib/keys/cognitoLocal.public.json", key.toPublicJWK(), "");
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    process = process(port, data);
  }

  private static String pem(RSAKey key) throws JOSEException {
    var body = Base64.getMimeEncoder().encodeToString(key.toPrivateKey().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static void write(String file, RSAKey key, String pem) {
    var members = key.toJSONObject();
    members.put("use", "sig");
    members.put("alg", "RS256");
    var text = JSONObjectUtils.toJSONString(Map.of("jwk", members, "pem", pem));
    try {
      Files.writeString(PACKAGE.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String member(Map<String, Object> answer, String object, String name) {
    return Http.text(object(answer, object), name);
  }

  private static Map<String, Object> object(Map<String, Object> answer, String name) {
    try {
      return Objects.requireNonNull(JSONObjectUtils.getJSONObject(answer, name), name);
    } catch (ParseException e) {
      throw new AssertionError(answer.toString(), e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
