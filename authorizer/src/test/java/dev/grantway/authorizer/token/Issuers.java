package dev.grantway.authorizer.token;

import dev.grantway.authorizer.SigningKeys;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.keys.Algorithm;
import dev.grantway.authorizer.keys.KeySet;
import dev.grantway.authorizer.keys.KeySource;
import dev.grantway.authorizer.token.Issuer.Acceptance;
import dev.grantway.authorizer.token.Issuer.Reading;
import dev.grantway.authorizer.token.Issuer.TokenKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Issuers as tests configure them. */
final class Issuers {
  private static final Reading READING =
      new Reading(
          new JsonPointer("/sub"),
          List.of(new JsonPointer("/client_id"), new JsonPointer("/azp")),
          List.of(new JsonPointer("/sid")),
          List.of(new JsonPointer("/groups")),
          Optional.of(new JsonPointer("/scope")),
          " ",
          Map.of("tenant", new JsonPointer("/ext/tenant_id")));

  private Issuers() {}

  static Issuer corp() {
    return with(rules(RoleSource.at("/roles").toArray(RoleSource[]::new)));
  }

  static RoleRules rules(RoleSource... sources) {
    return new RoleRules(List.of(sources), Optional.empty(), false, Optional.empty());
  }

  static Issuer with(RoleRules rules) {
    return issuer(TokenKind.ACCESS, accepting(Set.of("https://api.example"), Set.of()), rules);
  }

  static Acceptance accepting(Set<String> audiences, Set<String> clients) {
    return new Acceptance(audiences, clients, false, Map.of());
  }

  static Issuer issuer(TokenKind kind, Acceptance acceptance, RoleRules rules) {
    return new Issuer(
        "corp",
        "https://issuer.example/",
        List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA),
        Set.of("at+jwt", "jwt", Issuer.NO_TYPE),
        kind,
        acceptance,
        Duration.ofHours(24),
        READING,
        rules);
  }

  static KeySource keys() {
    var set = KeySet.read(SigningKeys.keySet().getBytes(StandardCharsets.UTF_8));
    return KeySource.inline(set.orElseThrow());
  }
}
