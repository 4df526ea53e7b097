package dev.grantway.review;

import java.time.Instant;

/**
 * The close-out report is whole.
 *
 * @param sha256 of the report, each line followed by a line feed; in lower-case hexadecimal
 * @param counts what is in it
 * @param draft the id of the draft that takes away what was revoked; empty: none was needed
 */
public record Closed(Instant at, String sha256, Counts counts, String draft) {}
