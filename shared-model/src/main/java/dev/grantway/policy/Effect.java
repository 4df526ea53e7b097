package dev.grantway.policy;

/** IAM's own words, since IAM is what we emit. */
public enum Effect {
  ALLOW,
  DENY
}
