package dev.grantway.authorizer.keys;

import java.util.Optional;

/** Where one issuer's keys come from. */
public interface KeySource {

  /**
   * The keys to try for a token.
   *
   * @throws KeysUnavailableException where no key set was ever loaded, or the last is too old
   */
  KeyLookup find(Optional<String> id, Algorithm algorithm) throws KeysUnavailableException;

  /** Keys from the configuration itself; nothing is ever fetched. */
  static KeySource inline(KeySet set) {
    return (id, algorithm) -> set.find(id, algorithm);
  }
}
