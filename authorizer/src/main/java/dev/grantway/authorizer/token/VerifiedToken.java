package dev.grantway.authorizer.token;

import dev.grantway.decision.ClaimValue;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A token after every check, as facts about its caller.
 *
 * @param alias the issuer's name in our configuration
 * @param issuer the exact {@code iss}
 * @param principal the caller's name at that issuer
 * @param subject the {@code sub} claim
 * @param client the client it was issued to
 * @param session the issuer's session
 * @param tokenId the {@code jti} claim
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 * @param roles names that the issuer may give
 * @param droppedRoles how many names were unmapped, unclean or not the issuer's to give
 * @param groups the issuer's groups
 * @param scopes the OAuth scopes
 * @param claims by name, for conditions and bound segments
 */
public record VerifiedToken(
    String alias,
    String issuer,
    String principal,
    Optional<String> subject,
    Optional<String> client,
    Optional<String> session,
    Optional<String> tokenId,
    Instant issuedAt,
    Instant expiresAt,
    SortedSet<String> roles,
    int droppedRoles,
    Set<String> groups,
    SortedSet<String> scopes,
    Map<String, ClaimValue> claims) {

  public VerifiedToken {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    groups = Set.copyOf(groups);
    scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    claims = claims instanceof LateClaims ? claims : Map.copyOf(claims);
  }

  /** {@code alias|principal}: the same name at two issuers is two principals. */
  public String principalId() {
    return alias + "|" + principal;
  }

  /** Shows no claim. */
  @Override
  public String toString() {
    return "verified token of issuer " + alias;
  }
}
