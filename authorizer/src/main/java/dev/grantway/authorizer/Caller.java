package dev.grantway.authorizer;

import dev.grantway.authorizer.freshness.Needs;
import dev.grantway.authorizer.freshness.PolicyView;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.decision.Principal;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.LiveRevocations;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A verified token as the policy sees its caller.
 *
 * @param roles names that could be roles of a policy
 * @param otherNames how many could not
 */
record Caller(VerifiedToken token, Set<RoleName> roles, int otherNames) {
  private static final int LONGEST = 256;

  static Caller of(VerifiedToken token) {
    Set<RoleName> roles = new TreeSet<>();
    int others = 0;
    for (var name : token.roles()) {
      var role = roleName(name);
      role.ifPresent(roles::add);
      others += role.isPresent() ? 0 : 1;
    }
    return new Caller(token, roles, others);
  }

  private static Optional<RoleName> roleName(String text) {
    try {
      return Optional.of(new RoleName(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Needs needs(ApiId api) {
    return new Needs(
        api,
        token.alias(),
        token.subject().filter(text -> !text.isEmpty() && text.length() <= LONGEST),
        token.client(),
        token.groups(),
        roles);
  }

  /** With what the permissions of the view look at. */
  Principal principal(PolicyView view) {
    var lookedAt = view.holdings().lookedAt();
    return new Principal(
        token.alias(),
        token.subject().orElse(""),
        token.client().orElse(""),
        token.groups(),
        view.effective(),
        lookedAt.claims().isEmpty() ? Map.of() : token.claims(),
        lookedAt.scopes() ? token.scopes() : Set.of());
  }

  boolean revoked(PolicyView view, Instant now) {
    return view.revocations().refuse(revocable(token), now);
  }

  static LiveRevocations.Token revocable(VerifiedToken token) {
    return new LiveRevocations.Token(
        token.alias(),
        token.tokenId(),
        token.subject(),
        token.client(),
        token.session(),
        token.issuedAt());
  }
}
