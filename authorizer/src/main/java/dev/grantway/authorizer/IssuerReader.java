package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.keys.Algorithm;
import dev.grantway.authorizer.keys.KeySet;
import dev.grantway.authorizer.keys.KeySetting;
import dev.grantway.authorizer.keys.KeyUri;
import dev.grantway.authorizer.token.Issuer;
import dev.grantway.authorizer.token.Issuer.Acceptance;
import dev.grantway.authorizer.token.Issuer.Reading;
import dev.grantway.authorizer.token.Issuer.TokenKind;
import dev.grantway.policy.Attribute;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of the issuers' list. */
final class IssuerReader {
  static final Set<String> KEYS =
      Set.of(
          "alias",
          "preset",
          "issuer",
          "jwksUri",
          "discovery",
          "jwks",
          "algorithms",
          "typ",
          "tokenKind",
          "audiences",
          "clientIds",
          "allowMissingAudience",
          "require",
          "maxLifetime",
          "principal",
          "client",
          "groups",
          "session",
          "scopes",
          "claims",
          "roles",
          "roleMap",
          "passUnmapped",
          "gives");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(366);

  private static final JsonPointer NOWHERE = new JsonPointer("/");
  private static final Json NOTHING = new Json.Null();

  private final SettingsObject entry;
  private final RoleRulesReader roles;
  private final List<String> warnings = new ArrayList<>();

  IssuerReader(String where, Json.Obj written, Problems problems, boolean oneOfSeveral) {
    entry = new SettingsObject(where, IssuerPresets.expand(written), problems);
    roles = new RoleRulesReader(where, entry, problems, oneOfSeveral);
  }

  /** Empty only where even its keys could not be told; problems are noted. */
  Optional<IssuerSetting> read() {
    entry.allowOnly(KEYS);
    checkPreset();
    var alias = entry.required("alias");
    if (!alias.isEmpty() && !alias.matches("[A-Za-z0-9._-]{1,64}")) {
      entry.problem("alias", "`" + alias + "` may hold only 1 to 64 letters, digits and . _ -");
    }
    var name = entry.required("issuer");
    if (name.isEmpty() && entry.has("issuer")) {
      entry.problem("issuer", "needs the exact `iss` of its tokens");
    }
    var issuer =
        new Issuer(
            alias,
            name,
            algorithms(),
            types(),
            kind(),
            acceptance(),
            lifetime(),
            reading(),
            roles.read());
    warnAboutScopesAsRoles(issuer);
    return keys(name)
        .map(keys -> new IssuerSetting(issuer, keys, entry.effective(), List.copyOf(warnings)));
  }

  private void checkPreset() {
    var name = entry.text("preset");
    if (name.isPresent() && IssuerPresets.preset(name.get()).isEmpty()) {
      entry.problem("preset", "`" + name.get() + "` is none of " + IssuerPresets.names());
    }
  }

  /** TOKENS, issuers: scopes limit, they do not add. */
  private void warnAboutScopesAsRoles(Issuer issuer) {
    var sources = issuer.roles().sources();
    boolean scopes =
        sources.stream().anyMatch(it -> issuer.reading().scopes().equals(Optional.of(it.path())));
    if (scopes && sources.size() > 1) {
      warnings.add(
          "issuer `"
              + issuer.alias()
              + "`: `roles` reads the scopes beside other places: scopes limit what roles allow, so"
              + " read them as roles only where an issuer has no others");
    }
  }

  private List<Algorithm> algorithms() {
    List<Algorithm> found = new ArrayList<>();
    for (var name : atLeastOne("algorithms")) {
      Algorithm.named(name)
          .ifPresentOrElse(
              found::add,
              () -> entry.problem("algorithms", "`" + name + "` is no asymmetric algorithm here"));
    }
    return found;
  }

  private List<String> atLeastOne(String key) {
    var texts = entry.texts(key);
    if (texts.isEmpty() && entry.isArray(key)) {
      entry.problem(key, "is empty, so that no token could pass: name what is allowed");
    }
    return texts;
  }

  private Set<String> types() {
    Set<String> types = new HashSet<>();
    for (var type : atLeastOne("typ")) {
      types.add(Issuer.mediaType(type));
    }
    return types;
  }

  private TokenKind kind() {
    return switch (entry.required("tokenKind")) {
      case "access" -> TokenKind.ACCESS;
      case "id" -> TokenKind.ID;
      default -> {
        entry.problem("tokenKind", "needs `access` or `id`");
        yield TokenKind.ACCESS;
      }
    };
  }

  private Acceptance acceptance() {
    var audiences = Set.copyOf(entry.texts("audiences"));
    var clients = Set.copyOf(entry.texts("clientIds"));
    boolean missing = entry.flag("allowMissingAudience");
    if (audiences.isEmpty() && clients.isEmpty() && !missing) {
      entry.problem("audiences", "name `audiences` or `clientIds`: one of the two is mandatory");
    }
    Map<JsonPointer, Json> require = new HashMap<>();
    entry
        .map("require")
        .forEach(
            (place, value) ->
                entry.pointer("require", place).ifPresent(it -> require.put(it, value)));
    return new Acceptance(audiences, clients, missing, require);
  }

  private Duration lifetime() {
    var text = entry.required("maxLifetime");
    return text.isEmpty()
        ? YEAR
        : entry.reading("maxLifetime", YEAR, () -> Durations.parse(text, SECOND, YEAR));
  }

  private Reading reading() {
    var principal = entry.pointer("principal", entry.required("principal"));
    var scopes = scopes();
    return new Reading(
        principal.orElse(NOWHERE),
        entry.pointers("client"),
        entry.pointers("session"),
        entry.pointers("groups"),
        scopes.path(),
        scopes.separator(),
        claims());
  }

  private Map<String, JsonPointer> claims() {
    Map<String, JsonPointer> claims = new LinkedHashMap<>();
    entry
        .textMap("claims")
        .forEach(
            (name, place) -> {
              entry.reading("claims", name, () -> new Attribute.Claim(name).name());
              entry.pointer("claims", place).ifPresent(it -> claims.put(name, it));
            });
    return claims;
  }

  private record Scopes(Optional<JsonPointer> path, String separator) {}

  private Scopes scopes() {
    if (entry.value("scopes").orElse(NOTHING) instanceof Json.Text(var path)) {
      return new Scopes(entry.pointer("scopes", path), " ");
    }
    var scopes = entry.object("scopes");
    scopes.allowOnly(Set.of("path", "split"));
    return new Scopes(
        scopes.pointer("path", scopes.required("path")),
        RoleRulesReader.separator(scopes, "split", scopes.text("split").orElse("")));
  }

  private Optional<KeySetting> keys(String issuer) {
    boolean discovery = entry.flag("discovery");
    int sources =
        (discovery ? 1 : 0) + (entry.has("jwksUri") ? 1 : 0) + (entry.has("jwks") ? 1 : 0);
    if (sources != 1) {
      entry.problem("jwksUri", "name one of `jwksUri`, `discovery: true` and `jwks`");
      return Optional.empty();
    }
    if (discovery) {
      return address("issuer", issuer).map(_ -> new KeySetting.Discovered(issuer));
    }
    return entry.has("jwks")
        ? inline()
        : address("jwksUri", entry.required("jwksUri")).map(KeySetting.At::new);
  }

  private Optional<URI> address(String key, String text) {
    return entry.reading(
        key,
        Optional.empty(),
        () -> {
          var uri = URI.create(text);
          if (!KeyUri.allowed(uri)) {
            throw new IllegalArgumentException(
                "`" + text + "` is neither https nor http on this machine");
          }
          return Optional.of(uri);
        });
  }

  private Optional<KeySetting> inline() {
    var set = KeySet.read(entry.value("jwks").orElseThrow());
    if (set.isEmpty()) {
      entry.problem("jwks", "needs an object with an array `keys`");
      return Optional.empty();
    }
    var alias = entry.text("alias").orElse("");
    set.get()
        .skipped()
        .forEach(key -> warnings.add("issuer `" + alias + "`: a key is skipped: " + key.reason()));
    return Optional.of(new KeySetting.Inline(set.get()));
  }
}
