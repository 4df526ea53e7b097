package dev.grantway.review;

import java.time.Instant;

/**
 * From now on nothing is answered any more.
 *
 * @param by who closes it
 * @param draft the id of the draft that is to take away what was revoked; there may be none
 */
public record Closing(String by, Instant at, String draft) {}
