package dev.grantway.authorizer.keys;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches a key set from its address, or from the one that the issuer's discovery document names
 * (OpenID Connect Discovery 1.0); both steps share one deadline.
 */
public final class RemoteKeySet implements KeySetFetch {
  /** Total time for one fetch, discovery included. */
  public static final Duration TOTAL = Duration.ofMillis(1_500);

  private final HttpFetch http = new HttpFetch();
  private final String issuer;
  private final Optional<URI> keys;

  private RemoteKeySet(String issuer, Optional<URI> keys) {
    this.issuer = issuer;
    this.keys = keys;
  }

  /** From a configured address. */
  public static RemoteKeySet at(URI keys) {
    return new RemoteKeySet("", Optional.of(keys));
  }

  /** From the address in the discovery document, whose {@code issuer} must equal this one. */
  public static RemoteKeySet discovered(String issuer) {
    return new RemoteKeySet(issuer, Optional.empty());
  }

  @Override
  public KeySet fetch() throws FetchFailedException {
    return fetch((_, _) -> {});
  }

  /** Told of each address that was asked and of how long it took, also where it failed. */
  interface Asked {
    void at(URI address, Duration took);
  }

  KeySet fetch(Asked asked) throws FetchFailedException {
    var deadline = Deadline.in(TOTAL);
    var address = keys.isPresent() ? keys.get() : discover(deadline, asked);
    return KeySet.read(get(address, deadline, asked))
        .filter(set -> !set.empty())
        .orElseThrow(() -> FetchFailedException.wrong("answer is not a key set with keys"));
  }

  private byte[] get(URI address, Deadline deadline, Asked asked) throws FetchFailedException {
    long began = System.nanoTime();
    try {
      return http.get(address, deadline);
    } finally {
      asked.at(address, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private URI discover(Deadline deadline, Asked asked) throws FetchFailedException {
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    var place = URI.create(base + "/.well-known/openid-configuration");
    var document = get(place, deadline, asked);
    try {
      if (!(JsonReader.read(document, JsonLimits.KEY_SET) instanceof Json.Obj found)) {
        throw FetchFailedException.wrong("discovery document is not an object");
      }
      if (!found.text("issuer").equals(Optional.of(issuer))) {
        throw FetchFailedException.wrong("discovery document names another issuer");
      }
      return found
          .text("jwks_uri")
          .map(URI::create)
          .orElseThrow(() -> FetchFailedException.wrong("discovery document has no `jwks_uri`"));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw FetchFailedException.wrong("discovery document is malformed");
    }
  }
}
