package dev.grantway.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.grantway.sandbox.FreePort;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuerTest {
  private static final String ADMIN = "http://127.0.0.1:1";
  private static final String REDIRECT = ADMIN + "/login/oauth2/code/oidc";
  private static final Pattern CSRF = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]+)\"");

  @TempDir private static Path data;
  private @Nullable IssuerSettings settings;
  private @Nullable Issuer issuer;

  @BeforeAll
  void start() throws IOException {
    settings = settings();
    issuer = Issuer.start(settings);
  }

  @AfterAll
  void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }

  private IssuerSettings settings() throws IOException {
    return settings == null
        ? new IssuerSettings(FreePort.take(), ADMIN, "secret", data.resolve("key.json"))
        : settings;
  }

  @Test
  void discoveryNamesTheIssuerAsTokensDo() throws Exception {
    var document = JSONObjectUtils.parse(get("/.well-known/openid-configuration").body());
    assertThat(document.get("issuer")).isEqualTo(settings().issuer());
    assertThat(document.get("jwks_uri")).asString().startsWith(settings().issuer());
    assertThat(document).containsKey("end_session_endpoint");
  }

  @Test
  void aMintedTokenIsSignedWithAPublishedKeyAndHoldsWhatWasAsked() throws Exception {
    var token = SignedJWT.parse(mint("{\"region\":\"eu\",\"sub\":\"bob\"}").body());
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(token.verify(publishedKey(token))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(settings().issuer());
    assertThat(claims.getAudience()).containsExactly(IssuerSettings.API_AUDIENCE);
    assertThat(claims.getStringListClaim("roles")).containsExactly("support", "clerk");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("cli");
    assertThat(claims.getStringClaim("region")).isEqualTo("eu");
    assertThat(claims.getSubject()).as("claims win").isEqualTo("bob");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .hasSeconds(60);
  }

  @Test
  void thePrivateKeyIsNeitherPublishedNorReadableByOthers() throws Exception {
    var jwks = JWKSet.parse(get("/oauth2/jwks").body());
    assertThat(jwks.getKeys()).isNotEmpty().noneMatch(key -> key.isPrivate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings().keyFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void nobodyMintsThroughAnotherHostNameOrFromAPage() throws Exception {
    var bare =
        HttpRequest.newBuilder(at("/tokens")).POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(send(bare).statusCode()).as("without the header").isBetween(400, 403);
    var preflight =
        HttpRequest.newBuilder(at("/tokens"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("X-Grantway-Sandbox", "token");
    assertThat(send(preflight).headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsSaidAsSuch() throws IOException {
    var same = settings();
    assertThatThrownBy(() -> Issuer.start(same)).isInstanceOf(BindException.class);
  }

  @Test
  void whatIsSetWhereTheSandboxIsStartedChangesNothing() throws Exception {
    var other = new IssuerSettings(FreePort.take(), ADMIN, "secret", data.resolve("other.json"));
    System.setProperty("server.servlet.context-path", "/elsewhere");
    System.setProperty("server.address", "0.0.0.0");
    try (var started = Issuer.start(other)) {
      var asked = URI.create(other.issuer() + "/.well-known/openid-configuration");
      assertThat(send(HttpRequest.newBuilder(asked)).statusCode()).isEqualTo(200);
      // On Linux a listener on every interface answers there, whatever the network.
      assertThatThrownBy(() -> new Socket("127.0.0.2", other.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThat(started).isNotNull();
    } finally {
      System.clearProperty("server.servlet.context-path");
      System.clearProperty("server.address");
    }
  }

  @ParameterizedTest
  @CsvSource({"ana,editor", "ben,approver", "olga,owner", "vic,viewer", "aud,auditor"})
  void signingInAtThePageGivesAnIdTokenWithTheOperatorRight(String name, String right)
      throws Exception {
    SignedJWT idToken = idToken(name);
    assertThat(idToken.verify(publishedKey(idToken))).isTrue();
    assertThat(idToken.getJWTClaimsSet().getStringListClaim("operator_rights"))
        .containsExactly(right);
    assertThat(idToken.getJWTClaimsSet().getStringClaim("preferred_username")).isEqualTo(name);
  }

  @Test
  void afterARotationAKeyPublishedBeforeSignsEverythingAndOldTokensStillVerify() throws Exception {
    Issuer rotated = Objects.requireNonNull(issuer);
    rotated.publishKeysAhead(1);
    var before = SignedJWT.parse(mint("{}").body());
    List<String> published =
        JWKSet.parse(get("/oauth2/jwks").body()).getKeys().stream().map(JWK::getKeyID).toList();
    long reads = rotated.keySetReads();

    rotated.rotate();

    var after = SignedJWT.parse(mint("{}").body());
    assertThat(after.getHeader().getKeyID())
        .isNotEqualTo(before.getHeader().getKeyID())
        .isIn(published);
    assertThat(before.verify(publishedKey(before))).isTrue();
    assertThat(after.verify(publishedKey(after))).isTrue();
    assertThat(rotated.keySetReads()).isEqualTo(reads + 2);
    SignedJWT idToken = idToken("ana");
    assertThat(idToken.getHeader().getKeyID()).isEqualTo(after.getHeader().getKeyID());
    assertThat(idToken.verify(publishedKey(idToken))).isTrue();
  }

  @Test
  void aClientThatAsksForNoPageIsShownTheSignInPageToo() throws Exception {
    var plain =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    var page =
        plain.send(
            HttpRequest.newBuilder(authorization(REDIRECT)).build(), BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<h1>Sign in</h1>");
  }

  @Test
  void aWrongPasswordComesBackToThePageWithTheReason() throws Exception {
    var browser = browser();
    HttpResponse<String> answer = signIn(browser, "ana", "ben");
    HttpResponse<String> page = browser.send(follow(answer), BodyHandlers.ofString());
    assertThat(page.body()).contains("role=\"alert\"").contains("the password is the name");
  }

  @Test
  void onlyTheAdminAppIsSentBackTo() throws Exception {
    var browser = browser();
    var answer =
        browser.send(
            HttpRequest.newBuilder(authorization("http://127.0.0.1:9/login/oauth2/code/other"))
                .header("Accept", "text/html")
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("location").orElse("")).doesNotContain("code=");
    assertThat(answer.statusCode()).isNotEqualTo(200);
  }

  private SignedJWT idToken(String name) throws Exception {
    var browser = browser();
    HttpResponse<String> answer = signIn(browser, name, name);
    assertThat(answer.statusCode()).isEqualTo(302);
    HttpResponse<String> back = browser.send(follow(answer), BodyHandlers.ofString());
    String location = back.headers().firstValue("location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "?code=");
    return SignedJWT.parse(exchange(location.replaceFirst(".*code=([^&]*).*", "$1")));
  }

  private HttpResponse<String> signIn(HttpClient browser, String name, String password)
      throws Exception {
    HttpResponse<String> first =
        browser.send(
            HttpRequest.newBuilder(authorization(REDIRECT)).header("Accept", "text/html").build(),
            BodyHandlers.ofString());
    HttpResponse<String> page = browser.send(follow(first), BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    Matcher csrf = CSRF.matcher(page.body());
    assertThat(csrf.find()).as(page.body()).isTrue();
    String form =
        "username=" + name + "&password=" + password + "&" + csrf.group(1) + "=" + csrf.group(2);
    return browser.send(
        HttpRequest.newBuilder(at("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private String exchange(String code) throws Exception {
    var answer =
        send(
            HttpRequest.newBuilder(at("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", basic())
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=authorization_code&code="
                            + code
                            + "&redirect_uri="
                            + REDIRECT)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "id_token");
  }

  private static String basic() {
    return "Basic "
        + java.util.Base64.getEncoder()
            .encodeToString(
                (IssuerSettings.ADMIN_CLIENT + ":secret").getBytes(StandardCharsets.UTF_8));
  }

  private URI authorization(String redirect) throws IOException {
    return at(
        "/oauth2/authorize?response_type=code&scope=openid&state=s&nonce=n&client_id="
            + IssuerSettings.ADMIN_CLIENT
            + "&redirect_uri="
            + redirect);
  }

  private HttpRequest follow(HttpResponse<String> redirect) {
    String location = redirect.headers().firstValue("location").orElseThrow();
    return HttpRequest.newBuilder(redirect.uri().resolve(location))
        .header("Accept", "text/html")
        .build();
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  private HttpResponse<String> mint(String claims) throws Exception {
    var body =
        JSONObjectUtils.toJSONString(
            Map.of(
                "sub",
                "alice",
                "client",
                "cli",
                "roles",
                List.of("support", "clerk"),
                "ttl",
                60,
                "claims",
                JSONObjectUtils.parse(claims)));
    return send(
        HttpRequest.newBuilder(at("/tokens"))
            .header("X-Grantway-Sandbox", "token")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private RSASSAVerifier publishedKey(SignedJWT token)
      throws IOException, InterruptedException, ParseException, JOSEException {
    var jwks = JWKSet.parse(get("/oauth2/jwks").body());
    return new RSASSAVerifier(
        jwks.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey().toRSAPublicKey());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private URI at(String path) throws IOException {
    return URI.create(settings().issuer() + path);
  }
}
