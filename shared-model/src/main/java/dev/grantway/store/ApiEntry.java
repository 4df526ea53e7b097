package dev.grantway.store;

import dev.grantway.policy.ApiId;

/** An API in the list of APIs. */
public record ApiEntry(ApiId id, String name) {}
