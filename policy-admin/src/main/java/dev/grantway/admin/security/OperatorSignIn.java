package dev.grantway.admin.security;

/** What happens at the door of the app; published within it before it takes effect. */
public sealed interface OperatorSignIn {
  /** Stands for whoever is not signed in. */
  String NOBODY = "nobody";

  /** The issuer's token was verified. A listener that throws ends the sign-in. */
  record Done(Operator operator) implements OperatorSignIn {}

  /**
   * Somebody came back from the issuer and was not let in.
   *
   * @param why the error's code (RFC 6749 section 5.2 or the framework's), never its text, which
   *     whoever sends the browser here can choose
   */
  record Failed(String why) implements OperatorSignIn {}

  /** Somebody signed out. */
  record Ended(Operator operator) implements OperatorSignIn {}
}
