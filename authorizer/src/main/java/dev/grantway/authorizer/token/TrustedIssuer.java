package dev.grantway.authorizer.token;

import dev.grantway.authorizer.keys.KeySource;

/** An issuer with its keys: a key belongs to one issuer. */
public record TrustedIssuer(Issuer settings, KeySource keys) {}
