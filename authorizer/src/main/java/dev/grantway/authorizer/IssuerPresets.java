package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Defaults of an entry, and those of well-known issuers, as their documents describe the tokens.
 * What an entry says itself wins over its preset, and the preset over the general defaults.
 */
final class IssuerPresets {
  private static final List<String> KEY_SOURCES = List.of("discovery", "jwksUri", "jwks");

  private static final String DEFAULTS =
      """
      {"algorithms": ["RS256"], "typ": ["at+jwt", "JWT", "absent"], "tokenKind": "access",
       "audiences": [], "clientIds": [], "allowMissingAudience": false, "require": {},
       "maxLifetime": "24h", "principal": "/sub",
       "client": ["/client_id", "/azp", "/cid", "/appid"], "session": ["/sid", "/origin_jti"],
       "groups": ["/groups"], "scopes": {"path": "/scope", "split": "space"}, "claims": {},
       "roles": [], "passUnmapped": false}""";

  /** RFC 9068 section 4: a token that calls itself an access token is no ID token. */
  private static final String ID_DEFAULTS =
      """
      {"typ": ["JWT", "absent"]}""";

  private static final Map<String, String> PRESETS =
      Map.of(
          "cognito",
          """
          {"discovery": true, "require": {"/token_use": "access"}, "client": ["/client_id"],
           "session": ["/origin_jti"], "groups": ["/cognito:groups"],
           "roles": ["/cognito:groups"]}""",
          "keycloak",
          """
          {"discovery": true, "client": ["/azp", "/client_id"],
           "session": ["/sid", "/session_state"], "roles": ["/realm_access/roles"]}""",
          "auth0",
          """
          {"discovery": true, "client": ["/azp", "/client_id"], "roles": ["/permissions"]}""",
          "okta",
          """
          {"discovery": true, "client": ["/cid"], "scopes": {"path": "/scp"},
           "roles": ["/groups"]}""",
          "entra",
          """
          {"discovery": true, "principal": "/oid", "client": ["/azp"], "session": ["/sid"],
           "scopes": {"path": "/scp", "split": "space"}, "maxLifetime": "28h",
           "roles": ["/roles", {"path": "/groups", "overage": "fail"}]}""",
          "entra-v1",
          """
          {"discovery": true, "principal": "/oid", "client": ["/appid"], "session": ["/sid"],
           "scopes": {"path": "/scp", "split": "space"}, "maxLifetime": "28h",
           "roles": ["/roles", {"path": "/groups", "overage": "fail"}]}""",
          "google",
          """
          {"issuer": "https://accounts.google.com", "discovery": true, "tokenKind": "id",
           "client": ["/azp"]}""",
          "rfc9068",
          """
          {"typ": ["at+jwt"], "client": ["/client_id"],
           "roles": ["/roles", {"path": "/roles", "item": "value"},
                     "/groups", {"path": "/groups", "item": "value"},
                     "/entitlements", {"path": "/entitlements", "item": "value"}]}""");

  private IssuerPresets() {}

  static Set<String> names() {
    return new TreeSet<>(PRESETS.keySet());
  }

  /** What every entry has where neither it nor its preset says otherwise. */
  static Json.Obj defaults() {
    return object(DEFAULTS);
  }

  /** What a preset fills in; empty where there is none of that name. */
  static Optional<Json.Obj> preset(String name) {
    return Optional.ofNullable(PRESETS.get(name)).map(IssuerPresets::object);
  }

  /**
   * The entry with everything that it leaves out. Naming another source of keys drops the preset's.
   */
  static Json.Obj expand(Json.Obj entry) {
    var preset = entry.text("preset").flatMap(IssuerPresets::preset);
    Map<String, Json> all = new LinkedHashMap<>();
    entry.get("preset").ifPresent(name -> all.put("preset", name));
    all.putAll(defaults().members());
    preset.ifPresent(filled -> all.putAll(filled.members()));
    if (KEY_SOURCES.stream().anyMatch(key -> entry.get(key).isPresent())) {
      KEY_SOURCES.forEach(all::remove);
    }
    all.putAll(entry.members());
    boolean typed = entry.get("typ").or(() -> preset.flatMap(it -> it.get("typ"))).isPresent();
    if (!typed && new Json.Text("id").equals(all.get("tokenKind"))) {
      all.putAll(object(ID_DEFAULTS).members());
    }
    return new Json.Obj(all);
  }

  private static Json.Obj object(String text) {
    try {
      return (Json.Obj) JsonReader.read(text, JsonLimits.SETTINGS);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }
}
