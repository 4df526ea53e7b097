package dev.grantway.revision;

/**
 * What somebody saw of a draft when they agreed to it. Whoever rebases the draft leaves it as it is
 * unless one of the two becomes another.
 *
 * @param changes SHA-256 over its net changes, {@link Draft#changesHash}
 * @param effect SHA-256 over what they give and take away on the head that they were to replace
 */
public record Reviewed(String changes, String effect) {}
