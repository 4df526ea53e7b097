package dev.grantway.wiring;

/**
 * One thing that is wrong between an API and its authorizer.
 *
 * @param code stable, such as {@code token-is-no-source}
 * @param what what is so, and what it means for callers
 * @param fix the change to make
 */
public record WiringFault(String code, String what, String fix) {
  /** As a line: code, reason and fix. */
  public String text() {
    return code + ": " + what + "; " + fix;
  }
}
