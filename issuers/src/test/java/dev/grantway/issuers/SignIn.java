package dev.grantway.issuers;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's sign-in by authorization code with PKCE, through the issuer's own login page. */
record SignIn(String authorizeUri, String tokenUri, String client, String redirect) {
  private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

  Tokens of(String user, String password) {
    var http = new Http();
    var page = http.get(authorizeUri + "?" + Http.encoded(request()));
    var form = FORM.matcher(page.body()).results().findFirst();
    var action = form.map(it -> it.group(1).replace("&amp;", "&"));
    var fields =
        HIDDEN
            .matcher(page.body())
            .results()
            .collect(
                Collectors.toMap(SignIn::name, SignIn::value, (a, _) -> a, LinkedHashMap::new));
    fields.put("username", user);
    fields.put("password", password);
    var target =
        URI.create(authorizeUri)
            .resolve(action.orElseThrow(() -> new AssertionError("no form in " + page.body())));
    var answer = http.form(target.toString(), fields);
    var back =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new AssertionError("not signed in: " + answer.body()));
    return Tokens.of(Http.object(http.form(tokenUri, exchange(code(back)))));
  }

  private static String name(MatchResult input) {
    return input.group(1);
  }

  private static String value(MatchResult input) {
    return input.group(2);
  }

  private Map<String, String> request() {
    return Map.of(
        "client_id",
        client,
        "redirect_uri",
        redirect,
        "response_type",
        "code",
        "scope",
        "openid",
        "code_challenge",
        challenge(),
        "code_challenge_method",
        "S256");
  }

  private Map<String, String> exchange(String code) {
    return Map.of(
        "grant_type", "authorization_code",
        "code", code,
        "client_id", client,
        "redirect_uri", redirect,
        "code_verifier", VERIFIER);
  }

  private static String code(String location) {
    return Arrays.stream(URI.create(location).getQuery().split("&"))
        .filter(it -> it.startsWith("code="))
        .map(it -> it.substring("code=".length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no code in " + location));
  }

  /** RFC 7636 section 4.2. */
  private static String challenge() {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
