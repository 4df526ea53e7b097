package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Defaults for well-known issuers; whatever an entry says itself wins. */
final class IssuerPresets {
  private static final Map<String, String> PRESETS =
      Map.of(
          "cognito",
          """
          {"discovery": true, "require": {"/token_use": "access"}, "client": ["/client_id"],
           "session": ["/origin_jti"], "groups": ["/cognito:groups"],
           "roles": ["/cognito:groups"]}""",
          "keycloak",
          """
          {"discovery": true, "client": ["/azp", "/client_id"], "session": ["/sid"],
           "groups": ["/groups"], "roles": ["/realm_access/roles"]}""",
          "auth0",
          """
          {"discovery": true, "client": ["/azp"], "roles": ["/permissions"]}""",
          "okta",
          """
          {"discovery": true, "client": ["/cid"], "scopes": {"path": "/scp"},
           "groups": ["/groups"], "roles": ["/groups"]}""",
          "entra",
          """
          {"discovery": true, "principal": "/oid", "client": ["/azp"], "session": ["/sid"],
           "scopes": {"path": "/scp", "split": "space"}, "groups": ["/groups"],
           "maxLifetime": "28h", "roles": ["/roles", {"path": "/groups", "overage": "fail"}]}""",
          "entra-v1",
          """
          {"discovery": true, "principal": "/oid", "client": ["/appid"], "session": ["/sid"],
           "scopes": {"path": "/scp", "split": "space"}, "groups": ["/groups"],
           "maxLifetime": "28h", "roles": ["/roles", {"path": "/groups", "overage": "fail"}]}""",
          "google",
          """
          {"discovery": true, "tokenKind": "id", "client": ["/azp"]}""",
          "rfc9068",
          """
          {"typ": ["at+jwt"], "client": ["/client_id"], "groups": ["/groups"],
           "roles": ["/roles", "/groups", "/entitlements"]}""");

  private IssuerPresets() {}

  static Set<String> names() {
    return new TreeSet<>(PRESETS.keySet());
  }

  /** The entry over its preset's defaults; naming another source of keys drops discovery. */
  static Json.Obj expand(Json.Obj entry, String name) {
    var text = PRESETS.get(name);
    if (text == null) {
      throw new IllegalArgumentException("`" + name + "` is none of " + names());
    }
    Map<String, Json> all = new LinkedHashMap<>(defaults(text).members());
    if (entry.get("jwksUri").isPresent() || entry.get("jwks").isPresent()) {
      all.remove("discovery");
    }
    all.putAll(entry.members());
    return new Json.Obj(all);
  }

  private static Json.Obj defaults(String text) {
    try {
      return (Json.Obj) JsonReader.read(text, JsonLimits.PLATFORM);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }
}
