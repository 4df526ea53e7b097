package dev.grantway.authorizer.freshness;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import java.util.Optional;
import java.util.Set;

/**
 * Whose policy on which API is asked for.
 *
 * @param issuer the alias of the token's issuer
 * @param subject the {@code sub} claim
 * @param client the client of the token
 * @param groups the issuer's groups
 * @param roles the token's own, before assignments and inheritance
 */
public record Needs(
    ApiId api,
    String issuer,
    Optional<String> subject,
    Optional<String> client,
    Set<String> groups,
    Set<RoleName> roles) {
  public Needs {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
  }

  /** What an API itself needs, whoever asks. */
  public static Needs ofNobody(ApiId api) {
    return new Needs(api, "", Optional.empty(), Optional.empty(), Set.of(), Set.of());
  }

  /** Shows no claim. */
  @Override
  public String toString() {
    return "needs of a principal of " + issuer + " on " + api;
  }
}
