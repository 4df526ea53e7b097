package dev.grantway.authorizer;

import dev.grantway.authorizer.keys.KeySetting;
import dev.grantway.authorizer.token.Issuer;
import java.util.List;

/**
 * One entry of {@code GRANTWAY_ISSUERS}.
 *
 * @param warnings such as inline keys that cannot be used
 */
record IssuerSetting(Issuer issuer, KeySetting keys, List<String> warnings) {
  IssuerSetting {
    warnings = List.copyOf(warnings);
  }
}
