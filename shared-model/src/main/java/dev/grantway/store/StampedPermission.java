package dev.grantway.store;

import dev.grantway.policy.Permission;

/**
 * A permission and the revision that last changed it.
 *
 * @param since number of that revision
 */
public record StampedPermission(Permission permission, long since) {}
