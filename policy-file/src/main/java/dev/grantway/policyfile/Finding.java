package dev.grantway.policyfile;

import dev.grantway.analysis.Code;
import dev.grantway.analysis.Severity;

/**
 * What is to be said about a place in a policy file. Only errors keep a file from being used; notes
 * ask for nothing.
 *
 * @param next what to do about it
 */
public record Finding(
    String file, Position at, Severity severity, Code code, String message, String next) {

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  public boolean isNote() {
    return severity == Severity.NOTE;
  }

  /** {@code FILE:LINE:COL: error CODE message; next step}. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s %s %s; %s"
        .formatted(file, at.line(), at.column(), severity.text(), code.text(), message, next);
  }
}
