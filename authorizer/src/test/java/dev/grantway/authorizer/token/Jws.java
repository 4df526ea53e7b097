package dev.grantway.authorizer.token;

import dev.grantway.authorizer.keys.KeyLookup;
import dev.grantway.authorizer.keys.KeySource;
import dev.grantway.authorizer.keys.KeysUnavailableException;

/** Steps 1 to 3 and 6 to 8 on a JWS whose payload need not be a JWT's. */
final class Jws {
  private Jws() {}

  /** {@code genuine}, or the code of the rejection. */
  static String verdict(String compact, KeySource keys) throws KeysUnavailableException {
    try {
      return signature(BearerText.token("Bearer " + compact), keys);
    } catch (RejectedException e) {
      return e.why().code();
    }
  }

  /** The same without step 1. */
  static String signature(String compact, KeySource keys) throws KeysUnavailableException {
    try {
      var token = UnverifiedToken.read(compact);
      var header = token.header();
      return switch (keys.find(header.keyId(), header.algorithm())) {
        case KeyLookup.Missing(var settled) -> new Rejection.UnknownKey(settled).code();
        case KeyLookup.Ambiguous(var candidates) -> new Rejection.AmbiguousKey(candidates).code();
        case KeyLookup.Found(var found) ->
            found.stream()
                    .anyMatch(
                        key -> key.verifies(header.algorithm(), token.signed(), token.signature()))
                ? "genuine"
                : new Rejection.BadSignature().code();
      };
    } catch (RejectedException e) {
      return e.why().code();
    }
  }
}
