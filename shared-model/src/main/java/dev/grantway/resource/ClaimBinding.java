package dev.grantway.resource;

import java.util.Optional;

/**
 * What {@code ${claims.name}} stands for in a pattern. A claim that cannot be bound (GATEWAY rule
 * 6) matches nothing on an ALLOW and every value on a DENY.
 */
public interface ClaimBinding {
  /** Binds no claim, and nothing matches. */
  ClaimBinding NONE =
      new ClaimBinding() {
        @Override
        public Optional<String> value(String claim) {
          return Optional.empty();
        }

        @Override
        public boolean unboundMatches() {
          return false;
        }
      };

  /** The text of the claim, if it is a scalar of characters that may enter an ARN. */
  Optional<String> value(String claim);

  /** True on a DENY. */
  boolean unboundMatches();
}
