package dev.grantway.authorizer.keys;

/** The kinds of public key that can check a signature, a curve being part of the kind. */
public enum KeyType {
  RSA,
  P_256,
  P_384,
  P_521,
  ED25519
}
