package dev.grantway.admin.settings;

import java.time.Duration;

/**
 * How some instances of the authorizer are set up, as they last reported it.
 *
 * @param instances how many say just this
 * @param cacheTtl zero where nothing is cached
 * @param timeout zero where it is not known
 * @param policyBytes the budget of a document
 * @param beyond it is longer than this app reckons with, so that it promises "in force" too early
 */
public record Reported(
    int instances,
    String cacheKey,
    Duration cacheTtl,
    Duration maxAge,
    Duration timeout,
    int policyBytes,
    boolean beyond) {}
