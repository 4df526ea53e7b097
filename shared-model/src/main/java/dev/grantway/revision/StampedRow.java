package dev.grantway.revision;

/**
 * A row and the revision that last changed it.
 *
 * @param since number of that revision
 */
public record StampedRow(PolicyRow row, long since) {}
