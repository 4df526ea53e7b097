package dev.grantway.admin.activity;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where checkpoints of the audit trail are signed and kept.
 *
 * @param key the file of the key that signs them, made at the first start; empty: none are taken
 * @param folder where copies are kept outside the table; empty: none are
 */
@ConfigurationProperties("grantway.checkpoint")
public record CheckpointSettings(String key, String folder) {}
