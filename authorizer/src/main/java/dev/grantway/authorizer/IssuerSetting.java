package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.keys.KeySetting;
import dev.grantway.authorizer.telemetry.LogSink;
import dev.grantway.authorizer.token.Issuer;
import dev.grantway.authorizer.token.TrustedIssuer;
import java.time.Clock;
import java.util.List;

/**
 * One entry of {@code GRANTWAY_ISSUERS}.
 *
 * @param effective the entry with its preset and the defaults filled in
 * @param warnings such as inline keys that cannot be used
 */
record IssuerSetting(Issuer issuer, KeySetting keys, Json.Obj effective, List<String> warnings) {
  IssuerSetting {
    warnings = List.copyOf(warnings);
  }

  /** The issuer with its keys, none of which is fetched yet. */
  TrustedIssuer trusted(Clock clock, LogSink log) {
    return new TrustedIssuer(issuer, keys.open(clock, new KeySetLog(issuer.alias(), clock, log)));
  }
}
