package dev.grantway.admin.activity;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where checkpoints of the audit trail are signed and kept.
 *
 * @param key the file of the key that signs them, made at the first start, or {@code kms:KEY} for
 *     one of AWS KMS, by its id, alias or ARN; empty: none are taken
 * @param folder where copies are kept outside the table, or {@code s3://BUCKET/PREFIX}; empty: none
 *     are
 */
@ConfigurationProperties("grantway.checkpoint")
public record CheckpointSettings(String key, String folder) {}
