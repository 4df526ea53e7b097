package dev.grantway.admin.activity;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where checkpoints of the audit trail are signed and kept.
 *
 * @param key the file of the key that signs them, made at the first start, or {@code kms:KEY} for
 *     one of AWS KMS, by its id, alias or ARN; empty: none are taken
 * @param folder where copies are kept outside the table, or {@code s3://BUCKET/PREFIX}; empty: none
 *     are
 * @param earlier PEM files of the public keys that signed before this one, separated by commas
 */
@ConfigurationProperties("grantway.checkpoint")
public record CheckpointSettings(String key, String folder, List<Path> earlier) {}
