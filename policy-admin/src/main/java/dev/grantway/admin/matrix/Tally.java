package dev.grantway.admin.matrix;

/**
 * What a role may do below a path.
 *
 * @param allowed how many routes and actions it may call, of {@code of}
 * @param denied how many are denied by name
 * @param staged the draft changes some of them
 */
public record Tally(int allowed, int denied, int of, boolean staged) {}
