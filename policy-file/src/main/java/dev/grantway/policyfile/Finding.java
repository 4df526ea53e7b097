package dev.grantway.policyfile;

/**
 * What is to be said about a place in a policy file.
 *
 * @param next what to do about it
 */
public record Finding(
    String file, Position at, Severity severity, FindingCode code, String message, String next) {

  /** Only errors keep a file from being used. */
  public enum Severity {
    ERROR,
    WARNING;

    public String text() {
      return this == ERROR ? "error" : "warning";
    }
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code FILE:LINE:COL: error CODE message; next step}. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s %s %s; %s"
        .formatted(file, at.line(), at.column(), severity.text(), code.text(), message, next);
  }
}
