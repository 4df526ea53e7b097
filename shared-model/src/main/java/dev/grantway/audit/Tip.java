package dev.grantway.audit;

/**
 * How far a writer's chain goes.
 *
 * @param seq of its last record
 * @param hash of that record
 */
public record Tip(long seq, String hash) {}
