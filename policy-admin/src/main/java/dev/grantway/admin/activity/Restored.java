package dev.grantway.admin.activity;

import java.time.Instant;

/**
 * The table went back: it was restored to an earlier time, or records were removed from it.
 *
 * @param checkpoint the number of a copy outside that the table does not hold; 0 where this process
 *     itself saw a later head
 * @param revision that was live then
 * @param at when that was
 * @param head what is live now
 */
public record Restored(long checkpoint, long revision, Instant at, long head) {}
