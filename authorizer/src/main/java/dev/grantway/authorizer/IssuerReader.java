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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of the issuers' list. */
final class IssuerReader {
  private static final Set<String> KEYS =
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
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration YEAR = Duration.ofDays(366);

  private final SettingsObject entry;
  private final RoleRulesReader roles;
  private final List<String> warnings = new ArrayList<>();

  IssuerReader(String where, Json.Obj written, Problems problems, boolean oneOfSeveral) {
    var expanded =
        written
            .text("preset")
            .map(
                name ->
                    problems.reading(
                        where + ".preset", written, () -> IssuerPresets.expand(written, name)))
            .orElse(written);
    entry = new SettingsObject(where, expanded, problems);
    roles = new RoleRulesReader(where, entry, problems, oneOfSeveral);
  }

  /** Empty only where even its keys could not be told; problems are noted. */
  Optional<IssuerSetting> read() {
    entry.allowOnly(KEYS);
    var alias = entry.required("alias");
    if (!alias.isEmpty() && !alias.matches("[A-Za-z0-9._-]{1,64}")) {
      entry.problem("alias", "`" + alias + "` may hold only 1 to 64 letters, digits and . _ -");
    }
    var name = entry.required("issuer");
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
    return keys(name).map(keys -> new IssuerSetting(issuer, keys, warnings));
  }

  private List<Algorithm> algorithms() {
    List<Algorithm> found = new ArrayList<>();
    for (var name : entry.texts("algorithms", List.of("RS256"))) {
      Algorithm.named(name)
          .ifPresentOrElse(
              found::add,
              () -> entry.problem("algorithms", "`" + name + "` is no asymmetric algorithm here"));
    }
    return found;
  }

  private Set<String> types() {
    Set<String> types = new HashSet<>();
    for (var type : entry.texts("typ", List.of("at+jwt", "JWT", Issuer.NO_TYPE))) {
      types.add(Issuer.mediaType(type));
    }
    return types;
  }

  private TokenKind kind() {
    return switch (entry.text("tokenKind").orElse("access")) {
      case "access" -> TokenKind.ACCESS;
      case "id" -> TokenKind.ID;
      default -> {
        entry.problem("tokenKind", "needs `access` or `id`");
        yield TokenKind.ACCESS;
      }
    };
  }

  private Acceptance acceptance() {
    var audiences = Set.copyOf(entry.texts("audiences", List.of()));
    var clients = Set.copyOf(entry.texts("clientIds", List.of()));
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
    var text = entry.text("maxLifetime");
    return text.map(
            it ->
                entry.reading(
                    "maxLifetime", DAY, () -> Spans.parse(it, Duration.ofSeconds(1), YEAR)))
        .orElse(DAY);
  }

  private Reading reading() {
    var principal = entry.pointer("principal", entry.text("principal").orElse("/sub"));
    var scopes = scopes();
    Map<String, JsonPointer> claims = new LinkedHashMap<>();
    entry
        .textMap("claims")
        .forEach(
            (name, place) -> entry.pointer("claims", place).ifPresent(it -> claims.put(name, it)));
    return new Reading(
        principal.orElseGet(() -> new JsonPointer("/sub")),
        entry.pointers("client", List.of("/client_id", "/azp", "/cid", "/appid")),
        entry.pointers("session", List.of("/sid", "/origin_jti")),
        entry.pointers("groups", List.of("/groups")),
        scopes.path(),
        scopes.separator(),
        claims);
  }

  private record Scopes(Optional<JsonPointer> path, String separator) {}

  private Scopes scopes() {
    var written = entry.value("scopes");
    if (written.isEmpty() || written.get() instanceof Json.Text) {
      var path = entry.pointer("scopes", entry.text("scopes").orElse("/scope"));
      return new Scopes(path, " ");
    }
    var members = entry.textMap("scopes");
    return new Scopes(
        entry.pointer("scopes", members.getOrDefault("path", "/scope")),
        RoleRulesReader.separator(entry, "scopes", members.getOrDefault("split", "")));
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
    var alias = entry.text("alias").orElse("").toLowerCase(Locale.ROOT);
    set.get()
        .skipped()
        .forEach(reason -> warnings.add("issuer `" + alias + "`: a key is skipped: " + reason));
    return Optional.of(new KeySetting.Inline(set.get()));
  }
}
