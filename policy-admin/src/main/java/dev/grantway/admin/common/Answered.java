package dev.grantway.admin.common;

/**
 * An answer with what it is an answer of.
 *
 * @param revision the revision that answered
 * @param hash the hash of that revision's record
 */
public record Answered<T>(long revision, String hash, T value) {}
