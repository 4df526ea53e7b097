package dev.grantway.authorizer.keys;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reading an issuer's keys once came to.
 *
 * @param asked the addresses, in order; none where the keys are inline
 * @param set what was read, where a set was
 * @param failure why there is none
 */
public record KeyProbe(List<Asked> asked, Optional<KeySet> set, Optional<Failure> failure) {

  /** An address that was asked, and how long it took to answer or to fail. */
  public record Asked(URI address, Duration took) {}

  /**
   * Why no set was read.
   *
   * @param answered false where nobody answered in time
   */
  public record Failure(String reason, boolean answered) {}

  public KeyProbe {
    asked = List.copyOf(asked);
  }

  static KeyProbe of(RemoteKeySet remote) {
    List<Asked> asked = new ArrayList<>();
    try {
      var set = remote.fetch((address, took) -> asked.add(new Asked(address, took)));
      return new KeyProbe(asked, Optional.of(set), Optional.empty());
    } catch (FetchFailedException e) {
      var failure = new Failure(String.valueOf(e.getMessage()), e.answered());
      return new KeyProbe(asked, Optional.empty(), Optional.of(failure));
    }
  }

  /** How many keys could check a signature. */
  public int usable() {
    return set.map(it -> it.keys().size()).orElse(0);
  }
}
