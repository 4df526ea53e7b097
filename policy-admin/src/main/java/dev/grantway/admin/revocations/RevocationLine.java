package dev.grantway.admin.revocations;

import dev.grantway.admin.revocations.RevocationInput.Kind;
import java.time.Instant;

/**
 * A revocation that holds.
 *
 * @param value the {@code jti}, {@code sub}, client id or session id
 * @param until past this every token concerned has expired, and nothing is refused any more
 * @param inForceBy when every answer follows it, at the latest
 */
public record RevocationLine(
    Kind kind,
    String issuer,
    String value,
    Instant at,
    Instant until,
    String by,
    String reason,
    Instant inForceBy) {}
