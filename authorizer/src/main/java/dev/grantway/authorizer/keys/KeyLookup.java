package dev.grantway.authorizer.keys;

import java.util.List;

/** The answer to "which keys may have signed this". */
public sealed interface KeyLookup {

  /** One to three keys to try. */
  record Found(List<VerificationKey> keys) implements KeyLookup {
    public Found {
      keys = List.copyOf(keys);
    }
  }

  /**
   * No usable key.
   *
   * @param settled false where a fetch that could have found it failed or was suppressed; such a
   *     refusal must not be cached (GATEWAY rule 16)
   */
  record Missing(boolean settled) implements KeyLookup {}

  /** The token names no key and several would do. */
  record Ambiguous(int candidates) implements KeyLookup {}
}
