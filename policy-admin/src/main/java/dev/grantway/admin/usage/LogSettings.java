package dev.grantway.admin.usage;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where logs of calls are read.
 *
 * @param folder whose files {@code *.jsonl} are read as they grow; empty: none are
 * @param hashKey the authorizers' {@code GRANTWAY_PRINCIPAL_HASH_KEY}: callers are known by the
 *     same pseudonyms; empty: a key is drawn at each start, and nobody is found again after it
 */
@ConfigurationProperties("grantway.log")
public record LogSettings(String folder, String hashKey) {}
