package dev.grantway.issuers;

import java.util.Map;

/** What a token endpoint gave. */
record Tokens(String access, String id, String refresh) {
  /** RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3. */
  static Tokens of(Map<String, Object> answer) {
    return new Tokens(
        Http.text(answer, "access_token"),
        (String) answer.getOrDefault("id_token", ""),
        (String) answer.getOrDefault("refresh_token", ""));
  }
}
