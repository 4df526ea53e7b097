package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.TokenSource;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.keys.KeyProbe;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.wiring.Declared;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A configuration as the authorizer would read it at its start, without starting one. */
public final class ConfigurationCheck {
  private final AuthorizerConfiguration configuration;

  private ConfigurationCheck(AuthorizerConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads the {@code GRANTWAY_*} names; a table is not needed.
   *
   * @param now what {@code GRANTWAY_OBSERVE} is held against
   * @throws ConfigurationException listing every problem
   */
  public static ConfigurationCheck of(Map<String, String> settings, Instant now) {
    return new ConfigurationCheck(AuthorizerConfiguration.composed(settings, now));
  }

  /** What works and is probably not meant. */
  public List<String> warnings() {
    return Stream.concat(
            configuration.warnings().stream(),
            configuration.issuers().stream().flatMap(issuer -> issuer.warnings().stream()))
        .toList();
  }

  /**
   * Reads a cache key as {@code GRANTWAY_CACHE_KEY} holds it.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static CacheKey cacheKey(String text) {
    return CacheKey.parse(text);
  }

  /** What the gateway caches under. */
  public CacheKey cacheKey() {
    return configuration.cacheKey();
  }

  /** What it says about the API that asks. */
  public Declared declared() {
    var source = configuration.tokenSource();
    return new Declared(
        configuration.cacheKey(),
        configuration.cacheTtl(),
        (source.place() == TokenSource.Place.QUERY ? "query:" : "header:") + source.name(),
        configuration.simpleResponses(),
        configuration.resourcePolicyFence());
  }

  /** How documents are wanted. */
  public CompileOptions documents() {
    return configuration.compileOptions();
  }

  /** The issuers, in the order written. */
  public List<CheckedIssuer> issuers() {
    return configuration.issuers().stream().map(CheckedIssuer::new).toList();
  }

  /** One issuer. */
  public static final class CheckedIssuer {
    private final IssuerSetting setting;

    private CheckedIssuer(IssuerSetting setting) {
      this.setting = setting;
    }

    public String alias() {
      return setting.issuer().alias();
    }

    /** Its entry with its preset and every default filled in. */
    public Json.Obj effective() {
      return setting.effective();
    }

    /** Reads its keys once, now. */
    public KeyProbe probe() {
      return setting.keys().probe();
    }
  }
}
