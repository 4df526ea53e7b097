package dev.grantway.admin.transfer;

/**
 * The policy as a policy file, in YAML.
 *
 * @param revision it is of
 * @param hash the hash of that revision's record
 */
public record PolicyText(long revision, String hash, String yaml) {}
