package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.GatewayAnswers;
import java.nio.file.Path;

/**
 * What {@code up} was told.
 *
 * @param processAuthorizer runs the authorizer under the real Lambda runtime client, in a JVM of
 *     its own
 * @param answers what the gateway twin behaves by where API Gateway's documentation says nothing
 */
record SystemSettings(
    Ports ports,
    Path data,
    boolean fresh,
    Seed seed,
    boolean processAuthorizer,
    GatewayAnswers answers) {}
