package dev.grantway.authorizer.token;

import dev.grantway.authorizer.SigningKeys;
import dev.grantway.authorizer.TestClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A payload as text, member by member, so that anything can be written. */
final class Claims {
  static final long NOW = TestClock.START.getEpochSecond();

  private final Map<String, String> members = new LinkedHashMap<>();

  private Claims() {}

  /** A payload that every check passes. */
  static Claims good() {
    return new Claims()
        .with("iss", "\"https://issuer.example/\"")
        .with("aud", "\"https://api.example\"")
        .with("sub", "\"alice\"")
        .with("iat", Long.toString(NOW - 10))
        .with("exp", Long.toString(NOW + 300))
        .with("jti", "\"t-1\"")
        .with("client_id", "\"web\"")
        .with("roles", "[\"clerk\",\"viewer\"]");
  }

  /** The member with that JSON text. */
  Claims with(String name, String json) {
    members.put(name, json);
    return this;
  }

  Claims without(String name) {
    members.remove(name);
    return this;
  }

  String json() {
    return members.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Signed by the issuer's RSA key, as a header value. */
  String bearer() {
    return bearer("r1");
  }

  String bearer(String keyId) {
    return "Bearer " + SigningKeys.sign(keyId, json());
  }

  /** With that header in place of the ordinary one. */
  String bearerUnder(String header) {
    return "Bearer " + SigningKeys.sign("r1", header, json());
  }
}
