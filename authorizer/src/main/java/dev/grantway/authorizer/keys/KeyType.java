package dev.grantway.authorizer.keys;

/** The kinds of public key that can check a signature, a curve being part of the kind. */
public enum KeyType {
  RSA("RSA"),
  P_256("EC P-256"),
  P_384("EC P-384"),
  P_521("EC P-521"),
  ED25519("OKP Ed25519");

  private final String words;

  KeyType(String words) {
    this.words = words;
  }

  /** For messages: the type and curve as key sets write them. */
  public String words() {
    return words;
  }
}
