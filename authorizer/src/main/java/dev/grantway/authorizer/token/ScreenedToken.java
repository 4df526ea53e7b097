package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;

/**
 * A token that reads well and names one of our issuers; nobody has vouched for a word of it, and
 * outside of this package nothing can be read from it.
 */
public final class ScreenedToken {
  private final UnverifiedToken token;
  private final Json.Obj claims;
  private final TrustedIssuer issuer;

  ScreenedToken(UnverifiedToken token, Json.Obj claims, TrustedIssuer issuer) {
    this.token = token;
    this.claims = claims;
    this.issuer = issuer;
  }

  UnverifiedToken token() {
    return token;
  }

  Json.Obj claims() {
    return claims;
  }

  TrustedIssuer issuer() {
    return issuer;
  }
}
