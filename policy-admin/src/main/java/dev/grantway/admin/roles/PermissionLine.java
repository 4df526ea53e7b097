package dev.grantway.admin.roles;

import dev.grantway.admin.changes.Staging;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;

/**
 * A permission that a role has, its own or inherited.
 *
 * @param source the role that has it
 * @param staged what the draft does to it
 */
public record PermissionLine(
    Permission permission, RoleName source, boolean inherited, Staging staged) {}
