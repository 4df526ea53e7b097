package dev.grantway.sandbox;

import java.nio.file.Path;

/**
 * What {@code up} was told.
 *
 * @param processAuthorizer runs the authorizer under the real Lambda runtime client, in a JVM of
 *     its own
 */
record SystemSettings(
    Ports ports, Path data, boolean fresh, Seed seed, boolean processAuthorizer) {}
