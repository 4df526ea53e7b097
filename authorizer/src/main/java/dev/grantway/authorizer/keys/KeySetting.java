package dev.grantway.authorizer.keys;

import java.net.URI;
import java.time.Clock;

/** How an issuer's keys are configured; never taken from the table they protect. */
public sealed interface KeySetting {
  /** At this address. */
  record At(URI address) implements KeySetting {}

  /** At the address in the issuer's discovery document. */
  record Discovered(String issuer) implements KeySetting {}

  /** In the configuration itself. */
  record Inline(KeySet set) implements KeySetting {}

  /**
   * The source of keys; asks nobody yet.
   *
   * @param events told of failed fetches and unusable keys
   */
  default KeySource open(Clock clock, KeySetEvents events) {
    return switch (this) {
      case At(var address) -> new CachedKeys(RemoteKeySet.at(address), clock, events);
      case Discovered(var issuer) -> new CachedKeys(RemoteKeySet.discovered(issuer), clock, events);
      case Inline(var set) -> KeySource.inline(set);
    };
  }
}
