package dev.grantway.sandbox.issuer;

import java.util.Arrays;
import java.util.Optional;

/** The sandbox's sign-ins; the password is the name. */
public enum SampleOperators {
  ANA("ana", "Ana Editor", "editor"),
  BEN("ben", "Ben Approver", "approver"),
  OLGA("olga", "Olga Owner", "owner"),
  VIC("vic", "Vic Viewer", "viewer"),
  AUD("aud", "Aud Auditor", "auditor");

  private final String login;
  private final String fullName;
  private final String operatorRight;

  SampleOperators(String login, String fullName, String operatorRight) {
    this.login = login;
    this.fullName = fullName;
    this.operatorRight = operatorRight;
  }

  public String login() {
    return login;
  }

  public String fullName() {
    return fullName;
  }

  public String operatorRight() {
    return operatorRight;
  }

  static Optional<SampleOperators> byLogin(String login) {
    return Arrays.stream(values()).filter(operator -> operator.login.equals(login)).findFirst();
  }
}
