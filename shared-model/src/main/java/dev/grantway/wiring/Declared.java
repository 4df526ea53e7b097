package dev.grantway.wiring;

import dev.grantway.compile.CacheKey;
import java.time.Duration;

/**
 * What an authorizer was told about its API, by the settings of CONTRACT.
 *
 * @param cacheKey {@code GRANTWAY_CACHE_KEY}
 * @param cacheTtl {@code GRANTWAY_CACHE_TTL}; zero where nothing is cached
 * @param tokenSource {@code GRANTWAY_TOKEN_SOURCE}: {@code header:NAME} or {@code query:NAME}
 * @param simple {@code GRANTWAY_SIMPLE_RESPONSES}
 * @param fence {@code GRANTWAY_RESOURCE_POLICY_FENCE}
 */
public record Declared(
    CacheKey cacheKey, Duration cacheTtl, String tokenSource, boolean simple, boolean fence) {}
