package dev.grantway.imports;

import dev.grantway.policy.Permission;

/**
 * A permission that is about routes which are gone, and about none that is served: it says nothing
 * any more.
 *
 * @param api by name
 * @param now true if it is this import that leaves it so
 */
public record Orphan(Permission permission, String api, boolean now) {}
