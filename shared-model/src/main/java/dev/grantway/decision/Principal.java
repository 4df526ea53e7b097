package dev.grantway.decision;

import dev.grantway.policy.RoleName;
import java.util.Map;
import java.util.Set;

/**
 * The authenticated caller.
 *
 * @param issuer the alias of the token's issuer, or empty
 * @param subject the {@code sub} claim, or empty
 * @param client the client that the token was issued to, or empty
 * @param groups the issuer's groups
 * @param roles every role held: from claims, from live assignments, inherited, and {@code
 *     authenticated} (SEM-07, SEM-08)
 * @param claims by name: top-level claims without dots and the issuer's short names
 * @param scopes the OAuth scopes; a token without any counts as lacking the attribute
 */
public record Principal(
    String issuer,
    String subject,
    String client,
    Set<String> groups,
    Set<RoleName> roles,
    Map<String, ClaimValue> claims,
    Set<String> scopes) {

  public Principal {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
    scopes = Set.copyOf(scopes);
  }

  public Principal withRoles(Set<RoleName> held) {
    return new Principal(issuer, subject, client, groups, held, claims, scopes);
  }
}
