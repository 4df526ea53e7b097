package dev.grantway.deploy;

/**
 * A policy table, of this stack or another.
 *
 * @param arn of the table
 * @param keyArn of the KMS key that it is encrypted with
 */
public record TableReference(String name, String arn, String keyArn) {}
