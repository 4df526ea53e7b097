package dev.grantway.authorizer.keys;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** How an issuer's keys are configured; never taken from the table they protect. */
public sealed interface KeySetting {
  /** At this address. */
  record At(URI address) implements KeySetting {}

  /** At the address in the issuer's discovery document. */
  record Discovered(String issuer) implements KeySetting {}

  /** In the configuration itself. */
  record Inline(KeySet set) implements KeySetting {}

  /** Reads the keys once, now, and says how that went. */
  default KeyProbe probe() {
    return switch (this) {
      case At(var address) -> KeyProbe.of(RemoteKeySet.at(address));
      case Discovered(var issuer) -> KeyProbe.of(RemoteKeySet.discovered(issuer));
      case Inline(var set) -> new KeyProbe(List.of(), Optional.of(set), Optional.empty());
    };
  }

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
