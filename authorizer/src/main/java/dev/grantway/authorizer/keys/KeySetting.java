package dev.grantway.authorizer.keys;

import java.net.URI;
import java.time.Clock;
import java.util.function.Consumer;

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
   * @param failures told of each failed fetch
   */
  default KeySource open(Clock clock, Consumer<String> failures) {
    return switch (this) {
      case At(var address) -> new CachedKeys(RemoteKeySet.at(address), clock, failures);
      case Discovered(var issuer) ->
          new CachedKeys(RemoteKeySet.discovered(issuer), clock, failures);
      case Inline(var set) -> KeySource.inline(set);
    };
  }
}
