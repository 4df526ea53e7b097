package dev.grantway.sandbox.issuer;

import java.nio.file.Path;

/**
 * What the issuer is told.
 *
 * @param adminUrl where the admin app answers, without a trailing slash
 * @param adminSecret the admin app's client secret
 * @param keyFile where the signing key is kept between runs
 */
public record IssuerSettings(int port, String adminUrl, String adminSecret, Path keyFile) {
  public static final String ADMIN_CLIENT = "grantway-admin";

  /** The audience of the tokens for callers of the sample API. */
  public static final String API_AUDIENCE = "https://api.grantway.local";

  /** The exact text of the {@code iss} claim. */
  public String issuer() {
    return "http://127.0.0.1:" + port + "/dev";
  }

  /** Where it publishes its keys, as its discovery says. */
  public String keySetUrl() {
    return issuer() + "/oauth2/jwks";
  }
}
