package dev.grantway.revision;

/**
 * A change as the log keeps it.
 *
 * @param revision the revision that made it
 * @param beforeSince the revision that had last changed the row before; 0 for an addition.
 *     Following it gives the history of the row
 */
public record LoggedChange(long revision, Change change, long beforeSince) {}
